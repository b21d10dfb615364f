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
/// Rule: the entry exists, its signatures verify, it serves this client, customer and chain, it is active, and its
/// cooling-off, counted from the journal entry that activated it, is past by the host's clock and by the chain's.
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
            () => Require(WhitelistSignatures.Hold(stored, entry.ClientId, Then(entry, governed, stops), stops.EntryActivatedAt(entry.EntryId, entry.Digest()) ?? now), RefusalCode.WhitelistEntryUnsigned, "The entry is not signed by its client and enough approvers."),
            () => Require(entry.ClientId == request.ClientId, RefusalCode.WhitelistOtherClient, "The entry belongs to another client."),
            () => Require(entry.CustomerId == request.CustomerId, RefusalCode.WhitelistOtherCustomer, "The entry belongs to another customer."),
            () => Require(entry.Chain == request.Asset.Chain, RefusalCode.WhitelistOtherChain, $"The entry is for {entry.Chain}."),
            () => Active(entry, governed, stops, now, chainTime),
            () => Require(request.Destination is null || SameAddress(entry, request.Destination), RefusalCode.DestinationMismatch, "The request's destination is not the entry's address."),
            () => DestinationRule.Check(entry, governed));
        return new WhitelistReading(verdict, verdict.IsAllowed ? entry : null);
    }

    // An entry was signed by whom governance registered when it was activated. Who left since does not take it along; that is
    // what a tombstone is for.
    private static Governed Then(WhitelistEntry entry, Governed governed, StopView stops) =>
        stops.EntryActivatedUnder(entry.EntryId) is { } digest ? governed.AsOf(digest) ?? governed : governed;

    private static Verdict Active(WhitelistEntry entry, Governed governed, StopView stops, DateTimeOffset now, DateTimeOffset? chainTime)
    {
        if (stops.EntryActivatedAt(entry.EntryId, entry.Digest()) is not { } activated)
        {
            return Verdict.Refused(RefusalCode.WhitelistEntryInactive, "The entry was never activated, or has ended.");
        }

        var usable = activated + TimeSpan.FromSeconds(governed.Document.Whitelist.CoolingOffSeconds);
        var past = now >= usable && (governed.Document.Whitelist.CoolingOffSeconds == 0 || chainTime >= usable);
        return Require(past, RefusalCode.WhitelistCoolingOff, $"The entry is cooling off until {InstantJsonConverter.Format(usable)}.");
    }

    private static bool SameAddress(WhitelistEntry entry, string destination) => entry.Chain.IsEvm
        ? EvmAddress.TryParse(destination, null, out var named) && EvmAddress.TryParse(entry.Address, null, out var own) && named == own
        : destination == entry.Address;

    private static Verdict Require(bool holds, RefusalCode code, string detail) => holds ? Verdict.Allowed : Verdict.Refused(code, detail);

    private static WhitelistReading Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null);
}
