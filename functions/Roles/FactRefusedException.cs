using Custody.Core.Results;

namespace Custody.Functions.Roles;

/// <summary>The signer refused a line that this role decided on at the same head: they do not see the same signatures, and people must look.</summary>
public sealed class FactRefusedException(RefusalCode code, string detail) : Exception($"{code.Text()}: {detail}")
{
    /// <summary>The refusal's code.</summary>
    public RefusalCode Code { get; } = code;
}
