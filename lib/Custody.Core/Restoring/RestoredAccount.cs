using Custody.Core.Assets;

namespace Custody.Core.Restoring;

/// <summary>A vault's account in a restored store.</summary>
/// <param name="VaultId">The vault.</param>
/// <param name="Chain">CAIP-2.</param>
/// <param name="Account">The account, EIP-55 form; it must be the one that the vault's public key gives.</param>
/// <param name="UnknownBelow">
/// Below this nonce a lost line may have been signed: nothing is signed there any more, save by what the restored journal has
/// there, and fills that operators order.
/// </param>
public sealed record RestoredAccount(string VaultId, ChainId Chain, string Account, ulong UnknownBelow);
