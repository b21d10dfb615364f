namespace Custody.Core.Vaults;

/// <summary>What the device says of a key.</summary>
/// <param name="KeyId">The key's id on the device (CKA_ID as text).</param>
/// <param name="Label">The key's label; a withdrawal key carries the trust root's digest there (CKA_LABEL, not modifiable).</param>
/// <param name="PublicKey">Uncompressed SEC1 point, 65 bytes.</param>
/// <param name="Sensitive">CKA_SENSITIVE and CKA_ALWAYS_SENSITIVE.</param>
/// <param name="NeverExtractable">CKA_NEVER_EXTRACTABLE, and not CKA_EXTRACTABLE.</param>
/// <param name="GeneratedInside">CKA_LOCAL.</param>
/// <param name="Modifiable">CKA_MODIFIABLE of the private key; a vault key's is false.</param>
/// <param name="SignOnly">It signs, and neither decrypts, unwraps nor derives.</param>
/// <param name="Firmware">What the device that holds the key runs, in one text (docs/governance.md says how it is written); null where it does not say.</param>
public sealed record VaultKeyFacts(
    string KeyId, string Label, byte[] PublicKey, bool Sensitive, bool NeverExtractable, bool GeneratedInside, bool Modifiable, bool SignOnly,
    string? Firmware = null);
