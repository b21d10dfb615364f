using Custody.Core.Assets;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>A vault: one key on one device that pays on one chain.</summary>
/// <param name="Id">The vault's id; settings say which device serves it.</param>
/// <param name="Chain">The chain it pays on.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="KeyId">The key's id on the device.</param>
/// <param name="PublicKey">base64url of the uncompressed secp256k1 point, 65 bytes. The address is derived from it and never stored.</param>
/// <param name="State">The key's state; absent: active.</param>
/// <param name="Firmware">What its device may run, each an exact text; absent or empty: its key does not sign.</param>
public sealed record VaultRegistration(
    string Id, ChainId Chain, VaultTier Tier, string KeyId, string PublicKey, VaultKeyState? State = null, IReadOnlyList<string>? Firmware = null)
{
    /// <summary>The key's state. Whatever is registered signs, unless its state says otherwise.</summary>
    public VaultKeyState KeyState() => State ?? VaultKeyState.Active;

    /// <summary>The uncompressed public key; empty when the text is not base64url.</summary>
    public byte[] PublicKeyBytes() => StrictBase64Url.TryDecode(PublicKey, out var bytes) ? bytes : [];

    /// <summary>The paying account on an EVM chain, derived from the public key.</summary>
    public EvmAddress EvmAddress() => Assets.EvmAddress.FromPublicKey(PublicKeyBytes());
}
