namespace Custody.Vaults.Pkcs11;

/// <summary>The curves of keys on a token.</summary>
public enum EllipticCurve
{
    /// <summary>Another one, or not an elliptic-curve key; never used.</summary>
    Other = 0,

    /// <summary>secp256k1: vault keys.</summary>
    Secp256k1,

    /// <summary>NIST P-256: document keys (ES256).</summary>
    P256,
}
