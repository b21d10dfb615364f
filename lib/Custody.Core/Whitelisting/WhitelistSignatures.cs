using Custody.Core.Governance;
using Custody.Core.Signatures;

namespace Custody.Core.Whitelisting;

/// <summary>Rule: an entry is signed by its client and by enough distinct approvers.</summary>
public static class WhitelistSignatures
{
    /// <summary>True when both hold.</summary>
    public static bool Hold(SignedDocument stored, string clientId, Governed governed, DateTimeOffset now)
    {
        var payload = stored.PayloadBytes();
        var holders = stored.Signatures
            .Select(s => Jws.VerifyDetached(s, payload, DocumentType.WhitelistEntry, keyId => governed.Holder(keyId)?.Key, now))
            .OfType<JwsVerification.Valid>()
            .Select(v => governed.Holder(v.Key.KeyId)!)
            .ToList();
        var approvers = holders.Where(h => h.Role == KeyRole.ApproverDevice).Select(h => h.Person).Distinct(StringComparer.Ordinal).Count();
        return holders.Any(h => h.Role == KeyRole.Client && h.OwnerId == clientId && KeyScope.Check(h.Key, KeyScope.Whitelist).IsAllowed) && approvers >= governed.Document.Whitelist.Quorum;
    }
}
