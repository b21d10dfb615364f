using System.Collections.Immutable;
using System.Text.Json;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Rule: the entry exists, its signatures verify, it serves this client, customer and chain, it is active and neither suspended
/// nor ended, and its cooling-off, counted from the journal entry that activated or reinstated it, is past by the host's clock
/// and by the chain's. Signatures and journal decide; what a table says of the entry is not looked at.
/// </summary>
public static class WhitelistRule
{
    /// <summary>Verifies the entry that <paramref name="request"/> names. <paramref name="chainTime"/> is the time of the chain's newest final block; null denies while a cooling-off runs.</summary>
    public static WhitelistReading Verify(
        SignedDocument? stored, WithdrawalRequest request, Governed governed, StopView stops, DateTimeOffset now, DateTimeOffset? chainTime)
    {
        if (stored is null)
        {
            return Refused(RefusalCode.WhitelistEntryUnknown, $"There is no whitelist entry '{request.WhitelistEntryId}'.");
        }

        WhitelistEntry entry;
        try
        {
            entry = CanonicalJson.Deserialize<WhitelistEntry>(stored.PayloadBytes());
        }
        catch (JsonException problem)
        {
            return Refused(RefusalCode.WhitelistEntryUnsigned, $"The whitelist entry is malformed: {problem.Message}");
        }

        var verdict = Verdict.All(
            () => Require(entry.Version == 1 && entry.EntryId == request.WhitelistEntryId, RefusalCode.WhitelistEntryUnknown, "The stored entry is another one."),
            () => Require(WhitelistSignatures.Hold(stored, entry.ClientId, Then(entry, governed, stops), SuspendedThen(entry, stops), stops.EntryActivatedAt(entry.EntryId, entry.Digest()) ?? now), RefusalCode.WhitelistEntryUnsigned, "The entry is not signed by its client and enough approvers."),
            () => Require(entry.ClientId == request.ClientId, RefusalCode.WhitelistOtherClient, "The entry belongs to another client."),
            () => Require(entry.CustomerId == request.CustomerId, RefusalCode.WhitelistOtherCustomer, "The entry belongs to another customer."),
            () => Require(entry.Chain == request.Asset.Chain, RefusalCode.WhitelistOtherChain, $"The entry is for {entry.Chain}."),
            () => Standing(entry, stored, governed, stops, now),
            () => CoolingOff(entry, governed, stops, now, chainTime),
            () => Require(request.Destination is null || SameAddress(entry, request.Destination), RefusalCode.DestinationMismatch, "The request's destination is not the entry's address."),
            () => DestinationRule.Check(entry, governed));
        return new WhitelistReading(verdict, verdict.IsAllowed ? entry : null);
    }

    // An entry was signed by whom governance registered when it was activated. Who left since does not take it along; that is
    // what a tombstone is for.
    private static Governed Then(WhitelistEntry entry, Governed governed, StopView stops) => AsOf(stops.EntryActivatedUnder(entry.EntryId)?.GovernanceDigest, governed);

    private static ImmutableHashSet<string> SuspendedThen(WhitelistEntry entry, StopView stops) =>
        (stops.EntryActivatedUnder(entry.EntryId) ?? stops.Moment).SuspendedDevices;

    private static Governed AsOf(string? digest, Governed governed) => digest is null ? governed : governed.AsOf(digest) ?? governed;

    /// <summary>When the entry can be used, by the journal; null for one that is not activated, is suspended or has ended.</summary>
    public static DateTimeOffset? UsableFrom(WhitelistEntry entry, Governed governed, StopView stops) =>
        stops.StandingOf(entry.EntryId).CoolingSince + TimeSpan.FromSeconds(governed.Document.Whitelist.CoolingOffSeconds);

    private static Verdict Standing(WhitelistEntry entry, SignedDocument stored, Governed governed, StopView stops, DateTimeOffset now)
    {
        var standing = stops.StandingOf(entry.EntryId);
        if (standing.End is not null || standing.Activation?.Entry.Digest() != entry.Digest())
        {
            return Verdict.Refused(RefusalCode.WhitelistEntryInactive, "The entry was never activated, or has ended.");
        }

        if (standing.Suspension is { } suspension)
        {
            return Verdict.Refused(RefusalCode.WhitelistEntrySuspended, $"The entry is suspended: {suspension.Reason}");
        }

        var extra = LookAlikeRule.Extra(entry, stops, governed);
        if (!WhitelistSignatures.Hold(stored, entry.ClientId, Then(entry, governed, stops), SuspendedThen(entry, stops), standing.Activation.At, extra))
        {
            return Verdict.Refused(RefusalCode.LookAlikeApprovalMissing, "The address looks like another one, and one approver more must have signed the entry.");
        }

        return Require(
            standing.Reinstated is not { } lifted
                || ReinstatementRule.Count(lifted.Line.Evidence, entry, lifted.Lifted.Sequence, AsOf(lifted.Moment.GovernanceDigest, governed), lifted.Moment.SuspendedDevices, extra, lifted.Line.At).HasQuorum,
            RefusalCode.WhitelistReinstatementUnsigned,
            "The end of the entry's suspension is not signed by enough approvers.");
    }

    private static Verdict CoolingOff(WhitelistEntry entry, Governed governed, StopView stops, DateTimeOffset now, DateTimeOffset? chainTime)
    {
        var past = UsableFrom(entry, governed, stops) is { } usable && IsPast(usable, governed, now, chainTime);
        return Require(past, RefusalCode.WhitelistCoolingOff, $"The entry is cooling off until {InstantJsonConverter.Format(UsableFrom(entry, governed, stops) ?? now)}.");
    }

    /// <summary>True when a cooling-off that ends at <paramref name="usable"/> is past by both clocks; without one the chain's is not asked.</summary>
    public static bool IsPast(DateTimeOffset usable, Governed governed, DateTimeOffset now, DateTimeOffset? chainTime) =>
        now >= usable && (governed.Document.Whitelist.CoolingOffSeconds == 0 || chainTime >= usable);

    private static bool SameAddress(WhitelistEntry entry, string destination) => entry.Chain.IsEvm
        ? EvmAddress.TryParse(destination, null, out var named) && EvmAddress.TryParse(entry.Address, null, out var own) && named == own
        : destination == entry.Address;

    private static Verdict Require(bool holds, RefusalCode code, string detail) => holds ? Verdict.Allowed : Verdict.Refused(code, detail);

    private static WhitelistReading Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null);
}
