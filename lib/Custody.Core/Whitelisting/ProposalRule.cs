using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Rule: a proposal is a whitelist entry in canonical bytes, signed by the client that it belongs to just now, for a governed
/// chain and an address that can be paid.
/// </summary>
public static class ProposalRule
{
    /// <summary>The longest label.</summary>
    public const int MaxLabel = 100;

    /// <summary>How old a proposal may be when it is handed in: an old one, found somewhere, is not proposed again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    /// <summary>Verifies a compact JWS of typ <c>custody-whitelist-entry+jws</c>.</summary>
    public static WhitelistReading Verify(string compact, Governed governed, DateTimeOffset now)
    {
        switch (Jws.Verify(compact, DocumentType.WhitelistEntry, governed.Keys(KeyRole.Client), now))
        {
            case JwsVerification.Invalid invalid:
                return new WhitelistReading(SignatureRefusal.Of(invalid), null);
            case JwsVerification.Valid valid:
                try
                {
                    var entry = CanonicalJson.Deserialize<WhitelistEntry>(valid.Payload);
                    var verdict = Check(entry, governed.Holder(valid.Key.KeyId)!, governed, now);
                    return new WhitelistReading(verdict, verdict.IsAllowed ? entry : null);
                }
                catch (JsonException problem)
                {
                    return new WhitelistReading(Verdict.Refused(RefusalCode.BodyMalformed, $"The entry is malformed: {problem.Message}"), null);
                }

            default:
                return default;
        }
    }

    private static Verdict Check(WhitelistEntry entry, KeyHolder signer, Governed governed, DateTimeOffset now) => Verdict.All(
        () => Require(entry.Version == 1, RefusalCode.BodyMalformed, "The entry has an unknown version."),
        () => Require(signer.OwnerId == entry.ClientId, RefusalCode.SignatureKeyUnknown, "The key is not one of the client whom the entry names."),
        () => Require(
            Identifier.IsValid(entry.EntryId) && Identifier.IsValid(entry.CustomerId), RefusalCode.FieldInvalid, "entryId and customerId must be identifiers."),
        () => Require(
            entry.Label is { Length: >= 1 and <= MaxLabel } && Reading.SafeText.Of(entry.Label) == entry.Label,
            RefusalCode.FieldInvalid,
            $"The label must have 1 to {MaxLabel} characters, all of which can be seen."),
        () => Require(
            entry.CreatedAt <= now + Jws.ClockSkew && entry.CreatedAt > now - MaxAge, RefusalCode.SignatureExpired, "The proposal is too old, or from the future."),
        () => Require(governed.Chain(entry.Chain) is not null, RefusalCode.WhitelistOtherChain, $"The chain {entry.Chain} is not registered."),
        () => DestinationRule.Check(entry, governed));

    private static Verdict Require(bool holds, RefusalCode code, string detail) => holds ? Verdict.Allowed : Verdict.Refused(code, detail);
}
