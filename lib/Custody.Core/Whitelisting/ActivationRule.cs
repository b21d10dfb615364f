using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Rule: a proposal becomes active when its client's signature and the approvers' quorum verify, it has not ended or expired,
/// nothing that covers it is frozen, and its address can still be paid. Asked at the very head of the stop journal at which the
/// activation is appended, so that two addresses that look alike never become active side by side unseen.
/// </summary>
public static class ActivationRule
{
    /// <summary>Checks a proposal with all its signatures.</summary>
    public static ActivationReading Check(SignedDocument signed, WhitelistEntry entry, Governed governed, StopView stops, DateTimeOffset now)
    {
        var found = LookAlikeRule.Find(entry, stops, governed);
        var tally = WhitelistSignatures.Count(signed, entry.ClientId, governed, stops.Moment.SuspendedDevices, now, found.Count > 0 ? LookAlikeRule.ExtraApprovals : 0);
        var standing = stops.StandingOf(entry.EntryId);
        var deadline = entry.CreatedAt + governed.Document.Whitelist.ProposalLife();
        var verdict = Verdict.All(
            () => standing.End is { } end ? Verdict.Refused(RefusalCode.WhitelistEntryEnded, end.Reason) : Verdict.Allowed,
            () => Require(!standing.WasActivated, RefusalCode.WhitelistEntryExists, "An entry of this id was activated before."),
            () => Require(now < deadline, RefusalCode.WhitelistProposalExpired, $"Nobody decided until {InstantJsonConverter.Format(deadline)}."),
            () => Require(tally.ClientSigned, RefusalCode.WhitelistEntryUnsigned, "The entry is not signed by its client."),
            () => DestinationRule.Check(entry, governed),
            () => Require(
                !stops.FreezesInForce.ContainsKey(FreezeScope.Platform) && !stops.FreezesInForce.ContainsKey(FreezeScope.Client(entry.ClientId)),
                RefusalCode.Frozen,
                "The platform or the client is frozen."),
            () => Quorum(tally, governed));
        return new ActivationReading(verdict, tally, found);
    }

    private static Verdict Quorum(WhitelistTally tally, Governed governed) =>
        tally.HasQuorum ? Verdict.Allowed
        : tally.Approvers.Count >= governed.Document.Whitelist.Quorum && tally.Sites >= tally.SitesNeeded
            ? Verdict.Refused(RefusalCode.LookAlikeApprovalMissing, "The address looks like another one; one approver more must sign.")
        : Verdict.Refused(
            RefusalCode.QuorumMissing, $"{tally.Approvers.Count} of {tally.Needed} approvers from {tally.Sites} of {tally.SitesNeeded} sites have signed.");

    private static Verdict Require(bool holds, RefusalCode code, string detail) => holds ? Verdict.Allowed : Verdict.Refused(code, detail);
}
