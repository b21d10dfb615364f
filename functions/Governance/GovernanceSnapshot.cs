using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Functions.Governance;

/// <summary>Governance as it is now, or why nothing can be authorised.</summary>
public abstract record GovernanceSnapshot
{
    private GovernanceSnapshot()
    {
    }

    /// <summary>Verified against the trust root and the stop journal.</summary>
    /// <param name="Governed">The rules' form.</param>
    /// <param name="Stored">The signed document.</param>
    /// <param name="Stops">The stop journal that was read with it.</param>
    public sealed record InForce(Governed Governed, SignedDocument Stored, StopView Stops) : GovernanceSnapshot;

    /// <summary>It does not verify.</summary>
    public sealed record Refused(RefusalCode Code, string Detail) : GovernanceSnapshot;
}
