using Custody.Core.Results;

namespace Custody.Core.Vaults;

/// <summary>The refusal of each fault: what people mend in different ways has a code, and with it an alert, of its own.</summary>
public static class VaultFaultCodes
{
    /// <summary>The refusal when the key could not be read.</summary>
    public static RefusalCode Of(VaultFault fault) => fault switch
    {
        VaultFault.ModuleMissing => RefusalCode.VaultModuleMissing,
        VaultFault.TokenMissing => RefusalCode.VaultTokenMissing,
        VaultFault.WrongPin => RefusalCode.VaultPinWrong,
        VaultFault.PinLocked => RefusalCode.VaultPinLocked,
        VaultFault.KeyMissing => RefusalCode.VaultKeyMissing,
        VaultFault.KeyNotAttested or VaultFault.KeyNotPinned => RefusalCode.VaultKeyMismatch,
        _ => RefusalCode.VaultUnavailable,
    };

    /// <summary>The refusal when the device was asked to sign: the key was read as the right one before, so whatever went wrong since is waited for.</summary>
    public static RefusalCode OfSigning(VaultFault fault) => Of(fault) is var code && Waits(code) ? code : RefusalCode.VaultUnavailable;

    /// <summary>True when the device may be asked again, for the same digest: no fault of this kind says that nothing was or will be signed.</summary>
    public static bool Waits(RefusalCode code) => code is RefusalCode.VaultUnavailable or RefusalCode.VaultModuleMissing or RefusalCode.VaultTokenMissing
        or RefusalCode.VaultPinWrong or RefusalCode.VaultPinLocked or RefusalCode.VaultKeyMissing;
}
