using Custody.Core.Governance;

namespace Custody.Core.Keys;

/// <summary>
/// Every key that a governance version registers, in one view: vaults' and documents'. It follows from governance and from where the
/// settings put a key, and is stored nowhere, so it cannot differ from what the rules read.
/// </summary>
public static class KeyRegistry
{
    // The same key for both: the fill of a gap is a transaction of the account, and an account has one key.
    private static readonly KeyPurpose[] OfVaults = [KeyPurpose.Withdrawal, KeyPurpose.Maintenance];

    /// <summary>The keys, vaults' first. <paramref name="vaults"/> and <paramref name="comparison"/> say what the settings or an id tell of a key's place.</summary>
    public static IReadOnlyList<GovernedKey> Of(GovernanceDocument document, Func<VaultRegistration, KeyPlace> vaults, KeyPlace comparison = default) =>
    [
        .. document.Vaults.Select(v => OfVault(v, vaults(v))),
        .. GovernanceKeys.Of(document).Select(h => new GovernedKey(
            h.Key.KeyId,
            h.DeviceId is null ? h.OwnerId : $"{h.OwnerId}/{h.DeviceId}",
            [PurposeOf(h.Role)],
            null,
            h.Key.PublicKey,
            null,
            null,
            h.Role switch { KeyRole.Comparison => comparison, KeyRole.ApproverCredential => new KeyPlace("webauthn", null), _ => default })),
    ];

    /// <summary>A vault's key.</summary>
    public static GovernedKey OfVault(VaultRegistration vault, KeyPlace place) => new(
        vault.KeyId, vault.Id, OfVaults, vault.Chain.Namespace, vault.PublicKey, vault.Chain.IsEvm ? vault.EvmAddress().ToString() : null, vault.Tier, place);

    /// <summary>What a role's keys sign. Throws for a role that nobody gave a purpose: a key without one must not look like one with none.</summary>
    public static KeyPurpose PurposeOf(KeyRole role) => role switch
    {
        KeyRole.Governor => KeyPurpose.Governance,
        KeyRole.Client => KeyPurpose.Request,
        KeyRole.ApproverDevice or KeyRole.ApproverCredential => KeyPurpose.Approval,
        KeyRole.Operator => KeyPurpose.Operation,
        KeyRole.Comparison => KeyPurpose.Comparison,
        KeyRole.PriceSource => KeyPurpose.Price,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "has no purpose"),
    };
}
