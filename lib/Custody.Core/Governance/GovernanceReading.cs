using Custody.Core.Results;

namespace Custody.Core.Governance;

/// <summary>The outcome of verifying a governance document.</summary>
public abstract record GovernanceReading
{
    private GovernanceReading()
    {
    }

    /// <summary>It is signed by its quorum under the pinned root.</summary>
    public sealed record Verified(Governed Governed) : GovernanceReading;

    /// <summary>It is not to be used.</summary>
    public sealed record Refused(RefusalCode Code, string Detail) : GovernanceReading;
}
