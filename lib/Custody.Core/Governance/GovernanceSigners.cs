using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>Who of a set of governors signed a document.</summary>
public static class GovernanceSigners
{
    /// <summary>The governors whose signatures over the document verify, each once.</summary>
    public static IReadOnlyList<Governor> Of(GovernorSet governors, SignedDocument stored, DateTimeOffset now, string type = DocumentType.Governance)
    {
        Governor? Find(string keyId) => governors.Members.FirstOrDefault(g => g.Key.KeyId == keyId);
        var payload = stored.PayloadBytes();
        return
        [
            .. stored.Signatures
                .Select(s => Jws.VerifyDetached(s, payload, type, keyId => Find(keyId)?.Key, now))
                .OfType<JwsVerification.Valid>()
                .Select(v => Find(v.Key.KeyId)!)
                .DistinctBy(g => g.Key.PublicKey, StringComparer.Ordinal),
        ];
    }
}
