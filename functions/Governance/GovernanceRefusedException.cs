using Custody.Core.Results;

namespace Custody.Functions.Governance;

/// <summary>Governance does not verify, so a stage cannot go on and its withdrawal is held.</summary>
public sealed class GovernanceRefusedException(RefusalCode code, string detail) : Exception($"{code.Text()}: {detail}")
{
    /// <summary>Why.</summary>
    public RefusalCode Code { get; } = code;
}
