using System.Collections.Immutable;
using Custody.Core.Approvals;
using Custody.Core.Governance;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Rule: enough distinct people, of the roles and from the sites that governance asks for, trained, with devices that nothing
/// suspended, and none of them the proposer or the holder of
/// a key of the client. The same for an entry's approval and for the end of its suspension.
/// </summary>
public static class WhitelistQuorum
{
    /// <summary>
    /// The approvers among the holders of keys that signed, who counted at <paramref name="at"/>, while the devices
    /// <paramref name="suspended"/> (<see cref="DeviceSubject"/>) were suspended.
    /// </summary>
    public static IReadOnlyList<Approver> Count(
        IEnumerable<KeyHolder> signers, string clientId, Governed governed, ImmutableHashSet<string> suspended, DateTimeOffset at) =>
    [
        .. signers
            .Where(h => h.Role == KeyRole.ApproverDevice && !suspended.Contains(DeviceSubject.Of(h.OwnerId, h.DeviceId!)))
            .Select(h => (Approver: governed.Document.Approvers.First(a => a.Id == h.OwnerId), h.DeviceId))
            .Where(s => TrainingRule.Check(s.Approver, s.DeviceId!, at).IsAllowed)
            .Select(s => s.Approver)
            .Where(a => a.Person != clientId && a.Id != clientId && !governed.Document.Clients.Any(c => c.Id == clientId && c.Is(a.Person)) && (governed.Document.Whitelist.Roles?.Contains(a.Role) ?? true))
            .DistinctBy(a => a.Person, StringComparer.Ordinal),
    ];

    /// <summary>How many must sign.</summary>
    public static int Needed(Governed governed, int extra) => governed.Document.Whitelist.Quorum + extra;
}
