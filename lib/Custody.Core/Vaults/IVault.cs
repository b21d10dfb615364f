namespace Custody.Core.Vaults;

/// <summary>
/// A device that signs with keys that never leave it. The signing gate is its only caller; nothing else in the system may
/// hand it a digest.
/// </summary>
public interface IVault
{
    /// <summary>Reads a key's public part and attributes from the device.</summary>
    Task<VaultKeyReading> DescribeAsync(string keyId, CancellationToken cancellation);

    /// <summary>
    /// Signs a 32-byte digest with a secp256k1 key. The signature is r‖s, 64 bytes, as the device gave it: it may be
    /// high-S, and the caller verifies and normalises it.
    /// </summary>
    Task<VaultSigning> SignAsync(string keyId, ReadOnlyMemory<byte> digest, CancellationToken cancellation);
}
