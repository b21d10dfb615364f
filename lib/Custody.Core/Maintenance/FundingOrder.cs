using System.Numerics;

namespace Custody.Core.Maintenance;

/// <summary>What an order of gas funding has besides: where the coin goes. The account is never believed: the vault's public key gives it.</summary>
/// <param name="VaultId">The vault that is funded.</param>
/// <param name="Account">Its account, EIP-55 form; it must be the one that its registered public key gives.</param>
/// <param name="Amount">Base units of the chain's native coin.</param>
/// <param name="Reference">The operators' own name for it, which tells it from others that are otherwise the same.</param>
public sealed record FundingOrder(string VaultId, string Account, BigInteger Amount, string Reference);
