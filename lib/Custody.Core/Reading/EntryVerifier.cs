using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Whitelisting;

namespace Custody.Core.Reading;

/// <summary>
/// Verifies a whitelist entry's bundle on an approver's device, from the pinned trust root up, with the pipeline's own rules.
/// Where a fact fails, those after it are not looked at.
/// </summary>
public static class EntryVerifier
{
    /// <summary>Verifies every fact; the terms name the entry where a withdrawal's name the withdrawal.</summary>
    public static EntryReading Verify(EntryBundle bundle, BundleTerms terms, DateTimeOffset now) =>
        GovernanceVerifier.Verify(bundle.Governance, terms.TrustRoot, now) switch
        {
            GovernanceReading.Refused refused => Refused(BundleFact.Governance, refused.Code, refused.Detail),
            GovernanceReading.Verified { Governed: var governed } when BundleVerifier.Outdated(governed, terms.Seen) is { } outdated =>
                Refused(BundleFact.Governance, RefusalCode.GovernanceSuperseded, outdated),
            GovernanceReading.Verified { Governed: var governed } => VerifyEntry(bundle, terms, governed, now),
            _ => Refused(BundleFact.Governance, RefusalCode.Unspecified, "The governance document was not verified."),
        };

    private static EntryReading VerifyEntry(EntryBundle bundle, BundleTerms terms, Governed governed, DateTimeOffset now)
    {
        WhitelistEntry entry;
        try
        {
            entry = CanonicalJson.Deserialize<WhitelistEntry>(bundle.Entry?.PayloadBytes());
        }
        catch (JsonException problem)
        {
            return Refused(BundleFact.WhitelistEntry, RefusalCode.WhitelistEntryUnsigned, $"The entry is missing or malformed: {problem.Message}");
        }

        var vaults = LookAlikeRule.Find(entry, StopView.Empty, governed);
        var extra = vaults.Count + bundle.LookAlikes.Count > 0 ? LookAlikeRule.ExtraApprovals : 0;
        var tally = WhitelistSignatures.Count(bundle.Entry!, entry.ClientId, governed, [], now, extra);
        var holder = governed.Holder(terms.KeyId, KeyRole.ApproverDevice);
        var destination = DestinationRule.Check(entry, governed);
        return bundle.Id != terms.WithdrawalId || entry.EntryId != terms.WithdrawalId || entry.Version != 1
                ? Refused(BundleFact.WhitelistEntry, RefusalCode.WhitelistEntryUnknown, "The server answered with another entry.")
            : !tally.ClientSigned ? Refused(BundleFact.WhitelistEntry, RefusalCode.WhitelistEntryUnsigned, "The entry is not signed by the client that it belongs to.")
            : governed.Chain(entry.Chain) is null ? Refused(BundleFact.WhitelistEntry, RefusalCode.WhitelistOtherChain, $"The chain {entry.Chain} is not registered.")
            : !destination.IsAllowed ? Refused(BundleFact.WhitelistEntry, destination.Code, destination.Detail)
            : holder?.OwnerId != terms.ApproverId || holder.DeviceId != terms.DeviceId
                ? Refused(BundleFact.Approver, RefusalCode.DeviceUnknown, $"Governance does not register the key '{terms.KeyId}' for the device '{terms.DeviceId}' of '{terms.ApproverId}'.")
            : WhitelistQuorum.Count([holder], entry.ClientId, governed, [], now).Count == 0
                ? Refused(BundleFact.Approver, RefusalCode.SelfApproval, "Who proposed an entry, or has no role that counts, cannot sign for it.")
            : new EntryReading.Verified(new VerifiedEntry
            {
                Governed = governed,
                Entry = entry,
                Payload = bundle.Entry!.PayloadBytes(),
                Tally = tally,
                VaultLookAlikes = vaults,
                LookAlikesAsTold = bundle.LookAlikes,
                StatusAsTold = bundle.Status,
                SuspensionAsTold = bundle.SuspensionSequence,
            });
    }

    private static EntryReading.Refused Refused(BundleFact fact, RefusalCode code, string detail) => new(fact, code, detail);
}
