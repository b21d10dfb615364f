using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Vaults;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the device's key is the governed one, cannot leave the device, and carries the pinned trust root in its label; and the
/// device runs firmware that governance lists. Who swaps settings and governance together still has no key with their root.
/// </summary>
public static class VaultKeyRule
{
    /// <summary>Checks what the device says of the key.</summary>
    public static Verdict Check(VaultKeyReading reading, VaultRegistration vault, string pinnedRoot)
    {
        switch (reading)
        {
            case VaultKeyReading.Found { Facts: var facts }:
                return facts is not { Sensitive: true, NeverExtractable: true, GeneratedInside: true, Modifiable: false, SignOnly: true }
                        ? Refused($"The key '{vault.KeyId}' is not a vault key: it must be sensitive, never extractable, generated inside, fixed and sign-only.")
                    : facts.Label != pinnedRoot ? Refused($"The key '{vault.KeyId}' carries another trust root.")
                    : !facts.PublicKey.AsSpan().SequenceEqual(vault.PublicKeyBytes()) ? Refused($"The key '{vault.KeyId}' is not the governed public key.")
                    : Firmware(facts.Firmware, vault);
            case VaultKeyReading.Faulted { Fault: var fault, Detail: var detail }:
                return Verdict.Refused(VaultFaultCodes.Of(fault), detail);
            default:
                return default;
        }
    }

    // A key in a device that was updated is still the governed key: nothing was tampered with, and governance can list the update.
    private static Verdict Firmware(string? told, VaultRegistration vault) => string.IsNullOrEmpty(told)
        ? Verdict.Refused(RefusalCode.VaultFirmwareNotGoverned, $"The device of the vault '{vault.Id}' does not say which firmware it runs.")
        : vault.Firmware?.Contains(told, StringComparer.Ordinal) == true ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.VaultFirmwareNotGoverned, $"The device of the vault '{vault.Id}' runs the firmware '{told}', which governance does not list for it.");

    private static Verdict Refused(string detail) => Verdict.Refused(RefusalCode.VaultKeyMismatch, detail);
}
