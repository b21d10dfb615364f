using System.Collections.Frozen;
using Custody.Core.Assets;
using Custody.Core.Governance.Change;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>A governance document that was verified against the trust root: the only form that rules accept.</summary>
public sealed class Governed
{
    private readonly FrozenDictionary<string, KeyHolder> _keys;

    internal Governed(GovernanceDocument document, string trustRoot, IEnumerable<KeyHolder> keys, Governed? previous = null, ChangeSet? changes = null)
    {
        (Previous, Changes) = (previous, changes);
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

    /// <summary>The version before, verified as well; null for version 1.</summary>
    public Governed? Previous { get; }

    /// <summary>What this version changed in the one before; null for version 1.</summary>
    public ChangeSet? Changes { get; }

    /// <summary>How long a weakening of this version waits.</summary>
    public TimeSpan WeakeningDelay => Document.Delays is { } delays ? TimeSpan.FromSeconds(delays.WeakeningSeconds) : GovernanceDelays.Default;

    /// <summary>This version or an earlier one, by its digest; null when it is none of them.</summary>
    public Governed? AsOf(string digest)
    {
        var version = this;
        while (version is not null && version.Digest != digest)
        {
            version = version.Previous;
        }

        return version;
    }

    /// <summary>The holder of a key in a role; null when the key is not registered for it.</summary>
    public KeyHolder? Holder(string keyId, KeyRole role) =>
        _keys.TryGetValue(keyId, out var holder) && holder.Role == role ? holder : null;

    /// <summary>The holder of a key in whatever role.</summary>
    public KeyHolder? Holder(string keyId) => _keys.GetValueOrDefault(keyId);

    /// <summary>A key look-up for verifying documents of one role.</summary>
    public Func<string, RegisteredKey?> Keys(KeyRole role) => keyId => Holder(keyId, role)?.Key;

    /// <summary>
    /// Every vault that was ever registered, in this version or before: what one of them signed is still signed when governance
    /// no longer registers it.
    /// </summary>
    public IReadOnlyList<VaultRegistration> EveryVault => Previous is null
        ? Document.Vaults
        : [.. Document.Vaults, .. Previous.EveryVault.Where(v => Document.Vaults.All(own => own.Id != v.Id))];

    /// <summary>Every asset that was ever registered, in this version or before: a token's contract takes no payment after governance dropped it either.</summary>
    public IEnumerable<AssetRegistration> EveryAsset => Previous is null
        ? Document.Assets
        : [.. Document.Assets, .. Previous.EveryAsset.Where(a => Document.Assets.All(own => own.Id != a.Id))];

    /// <summary>A vault by id; null when there is none.</summary>
    public VaultRegistration? Vault(string id) => Document.Vaults.FirstOrDefault(v => v.Id == id);

    /// <summary>A chain by id; null when there is none.</summary>
    public ChainRegistration? Chain(ChainId id) => Document.Chains.FirstOrDefault(c => c.Id == id);

    /// <summary>An asset by id; null when there is none.</summary>
    public AssetRegistration? Asset(AssetId id) => Document.Assets.FirstOrDefault(a => a.Id == id);
}
