using System.Collections.Immutable;
using Custody.Core.Governance;
using Custody.Core.Signatures;

namespace Custody.Core.Whitelisting;

/// <summary>Rule: an entry is signed by its client and by enough distinct approvers, each over the entry's own bytes.</summary>
public static class WhitelistSignatures
{
    /// <summary>True when both hold; look-alikes ask for <paramref name="extra"/> approvers more.</summary>
    public static bool Hold(SignedDocument stored, string clientId, Governed governed, ImmutableHashSet<string> suspended, DateTimeOffset now, int extra = 0) =>
        Count(stored, clientId, governed, suspended, now, extra).Holds;

    /// <summary>Counts the signatures; one that does not verify is as if it were not there.</summary>
    public static WhitelistTally Count(SignedDocument stored, string clientId, Governed governed, ImmutableHashSet<string> suspended, DateTimeOffset now, int extra = 0)
    {
        var payload = stored.PayloadBytes();
        var holders = stored.Signatures.Select(s => Holder(s, payload, governed, now)).OfType<KeyHolder>().ToList();
        return new WhitelistTally(
            holders.Any(h => h.Role == KeyRole.Client && h.OwnerId == clientId && KeyScope.Check(h.Key, KeyScope.Whitelist).IsAllowed),
            WhitelistQuorum.Count(holders, clientId, governed, suspended, now),
            WhitelistQuorum.Needed(governed, extra),
            governed.Document.Whitelist.Sites());
    }

    private static KeyHolder? Holder(string detached, byte[] payload, Governed governed, DateTimeOffset now) =>
        Jws.VerifyDetached(detached, payload, DocumentType.WhitelistEntry, keyId => governed.Holder(keyId)?.Key, now) is JwsVerification.Valid valid
            ? governed.Holder(valid.Key.KeyId)
            : null;
}
