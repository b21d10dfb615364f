using Custody.Core.Governance;

namespace Custody.Core.Whitelisting;

/// <summary>Who signed for a whitelist entry, and who must.</summary>
/// <param name="ClientSigned">Whether the client that the entry belongs to did.</param>
/// <param name="Approvers">The approvers who count, distinct people.</param>
/// <param name="Needed">How many must.</param>
/// <param name="SitesNeeded">From how many sites.</param>
public sealed record WhitelistTally(bool ClientSigned, IReadOnlyList<Approver> Approvers, int Needed, int SitesNeeded)
{
    /// <summary>The sites that the approvers are from.</summary>
    public int Sites => Approvers.Select(a => a.Site).Distinct(StringComparer.Ordinal).Count();

    /// <summary>True when enough approvers from enough sites did.</summary>
    public bool HasQuorum => Needed >= 1 && Approvers.Count >= Needed && Sites >= SitesNeeded;

    /// <summary>True when the client and the quorum did.</summary>
    public bool Holds => ClientSigned && HasQuorum;
}
