using System.Collections.Frozen;
using Custody.Core.Assets;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>A governance document that was verified against the trust root: the only form that rules accept.</summary>
public sealed class Governed
{
    private readonly FrozenDictionary<string, KeyHolder> _keys;

    internal Governed(GovernanceDocument document, string trustRoot, IEnumerable<KeyHolder> keys)
    {
        Document = document;
        Digest = document.Digest();
        TrustRoot = trustRoot;
        _keys = keys.ToFrozenDictionary(k => k.Key.KeyId, StringComparer.Ordinal);
    }

    /// <summary>The verified document.</summary>
    public GovernanceDocument Document { get; }

    /// <summary>Its digest, hex.</summary>
    public string Digest { get; }

    /// <summary>The trust root it was verified against, hex.</summary>
    public string TrustRoot { get; }

    /// <summary>The holder of a key in a role; null when the key is not registered for it.</summary>
    public KeyHolder? Holder(string keyId, KeyRole role) =>
        _keys.TryGetValue(keyId, out var holder) && holder.Role == role ? holder : null;

    /// <summary>The holder of a key in whatever role.</summary>
    public KeyHolder? Holder(string keyId) => _keys.GetValueOrDefault(keyId);

    /// <summary>A key look-up for verifying documents of one role.</summary>
    public Func<string, RegisteredKey?> Keys(KeyRole role) => keyId => Holder(keyId, role)?.Key;

    /// <summary>A vault by id; null when there is none.</summary>
    public VaultRegistration? Vault(string id) => Document.Vaults.FirstOrDefault(v => v.Id == id);

    /// <summary>A chain by id; null when there is none.</summary>
    public ChainRegistration? Chain(ChainId id) => Document.Chains.FirstOrDefault(c => c.Id == id);

    /// <summary>An asset by id; null when there is none.</summary>
    public AssetRegistration? Asset(AssetId id) => Document.Assets.FirstOrDefault(a => a.Id == id);
}
