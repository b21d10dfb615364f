using Custody.Core.Governance;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Rule: enough distinct people, of the roles and from the sites that governance asks for, and none of them the proposer. The
/// same for an entry's approval and for the end of its suspension.
/// </summary>
public static class WhitelistQuorum
{
    /// <summary>The approvers among the holders of keys that signed, who count.</summary>
    public static IReadOnlyList<Approver> Count(IEnumerable<KeyHolder> signers, string clientId, Governed governed) =>
    [
        .. signers
            .Where(h => h.Role == KeyRole.ApproverDevice)
            .Select(h => governed.Document.Approvers.First(a => a.Id == h.OwnerId))
            .Where(a => a.Person != clientId && a.Id != clientId && (governed.Document.Whitelist.Roles?.Contains(a.Role) ?? true))
            .DistinctBy(a => a.Person, StringComparer.Ordinal),
    ];

    /// <summary>How many must sign.</summary>
    public static int Needed(Governed governed, int extra) => governed.Document.Whitelist.Quorum + extra;
}
