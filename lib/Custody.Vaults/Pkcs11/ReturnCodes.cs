using Custody.Core.Vaults;
using Net.Pkcs11Interop.Common;

namespace Custody.Vaults.Pkcs11;

/// <summary>What a failed PKCS#11 call means here (PKCS#11 v2.40 base specification, section 5.1).</summary>
internal static class ReturnCodes
{
    private const string SignCall = "C_Sign";

    /// <summary>
    /// True if nothing can have been signed and a re-initialised module may do better. From C_Sign itself only codes that
    /// say the call was not begun count: DEVICE_REMOVED, GENERAL_ERROR and their like may follow a signature.
    /// </summary>
    public static bool IsTokenLost(Pkcs11Exception failure) => failure.RV switch
    {
        CKR.CKR_CRYPTOKI_NOT_INITIALIZED or CKR.CKR_TOKEN_NOT_PRESENT or CKR.CKR_SESSION_HANDLE_INVALID
            or CKR.CKR_USER_NOT_LOGGED_IN or CKR.CKR_SLOT_ID_INVALID => true,
        CKR.CKR_GENERAL_ERROR or CKR.CKR_FUNCTION_FAILED or CKR.CKR_DEVICE_ERROR or CKR.CKR_DEVICE_REMOVED
            or CKR.CKR_TOKEN_NOT_RECOGNIZED or CKR.CKR_SESSION_CLOSED or CKR.CKR_OBJECT_HANDLE_INVALID
            or CKR.CKR_KEY_HANDLE_INVALID => failure.Method != SignCall,
        _ => false,
    };

    /// <summary>The fault of a call that a re-initialisation would not mend.</summary>
    public static VaultFault FaultOf(Pkcs11Exception failure) => failure.RV switch
    {
        _ when IsTokenLost(failure) => VaultFault.TokenMissing,
        CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_INVALID or CKR.CKR_PIN_LEN_RANGE or CKR.CKR_PIN_EXPIRED
            or CKR.CKR_USER_PIN_NOT_INITIALIZED => VaultFault.WrongPin,
        CKR.CKR_PIN_LOCKED => VaultFault.PinLocked,
        CKR.CKR_KEY_FUNCTION_NOT_PERMITTED or CKR.CKR_KEY_TYPE_INCONSISTENT => VaultFault.KeyNotAttested,
        CKR.CKR_DATA_LEN_RANGE or CKR.CKR_DATA_INVALID => VaultFault.BadDigest,
        _ => VaultFault.Unknown,
    };
}
