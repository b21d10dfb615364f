using Custody.Core.Alerts;
using Custody.Core.Results;

namespace Custody.Functions.Alerts;

/// <summary>What a refusal at the gate, the comparison or the node calls for besides holding the withdrawal.</summary>
/// <param name="Alert">The alert to raise; null for none.</param>
/// <param name="FreezesVault">Whether the vault is frozen.</param>
public readonly record struct Consequence(AlertCode? Alert, bool FreezesVault);

/// <summary>The consequences by code. What smells of attack stops the vault: a wrong freeze costs an hour, a wrong signature the vault.</summary>
public static class Consequences
{
    /// <summary>The consequence of a refusal.</summary>
    public static Consequence Of(RefusalCode code) => code switch
    {
        RefusalCode.IntentTampered or RefusalCode.WhitelistEntryUnsigned or RefusalCode.CustomerUnknown or RefusalCode.SignatureInvalid
            or RefusalCode.SignatureMissing or RefusalCode.SignatureMalformed or RefusalCode.QuorumMissing or RefusalCode.GovernanceInvalid
            or RefusalCode.GovernanceUnsigned or RefusalCode.TrustRootMismatch
            or RefusalCode.CertificateInvalid or RefusalCode.VaultKeyMismatch => new(AlertCode.TamperedDocument, true),
        RefusalCode.SlotTaken or RefusalCode.LineageBroken => new(AlertCode.SecondDigest, true),
        RefusalCode.VaultSignatureInvalid => new(AlertCode.BadVaultSignature, true),
        RefusalCode.TransactionMismatch => new(AlertCode.BuilderMismatch, true),
        RefusalCode.EffectsMismatch => new(AlertCode.EffectsMismatch, true),
        RefusalCode.NodeWrongChain => new(AlertCode.WrongChain, true),
        RefusalCode.ScreeningHit => new(AlertCode.SanctionsHit, false),
        RefusalCode.ScreeningUnavailable or RefusalCode.ScreeningTermsMissing => new(AlertCode.ScreeningUnavailable, false),
        // Without its list nothing passes anywhere, so nothing needs a freeze.
        RefusalCode.SanctionsListTampered => new(AlertCode.TamperedDocument, false),
        // A broken stop journal cannot take a freeze, and needs none: without it the gate and the sender refuse everything.
        RefusalCode.JournalBroken => new(AlertCode.JournalBroken, false),
        // The token is stopped by each check of it; the vault pays other assets as before.
        RefusalCode.TokenMismatch => new(AlertCode.TokenMismatch, false),
        RefusalCode.VaultUnavailable => new(AlertCode.VaultUnavailable, false),
        RefusalCode.VaultModuleMissing => new(AlertCode.VaultModuleMissing, false),
        RefusalCode.VaultTokenMissing => new(AlertCode.VaultTokenMissing, false),
        RefusalCode.VaultPinWrong => new(AlertCode.VaultPinWrong, false),
        RefusalCode.VaultPinLocked => new(AlertCode.VaultPinLocked, false),
        // Without its key the vault pays nothing, so nothing needs a freeze.
        RefusalCode.VaultKeyMissing => new(AlertCode.VaultKeyMissing, false),
        // The device may have been updated as it should be; nothing is signed in any case until governance lists what it runs.
        RefusalCode.VaultFirmwareNotGoverned => new(AlertCode.VaultFirmwareNotGoverned, false),
        RefusalCode.PriceMissing or RefusalCode.PriceStale or RefusalCode.PriceAbsurd => new(AlertCode.PriceUnusable, false),
        RefusalCode.InstanceMismatch => new(AlertCode.OrphanedInstance, false),
        RefusalCode.RoleUnavailable => new(AlertCode.RoleUnavailable, false),
        _ => default,
    };
}
