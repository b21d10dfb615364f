using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Chains.Evm;

/// <summary>Tokens that, by a block's logs, left an account of ours without a call of ours.</summary>
/// <param name="Vault">The vault.</param>
/// <param name="Asset">The token.</param>
/// <param name="Contract">Its contract.</param>
/// <param name="Transactions">The transactions whose logs say so, in the block's order, each once.</param>
/// <param name="Called">What our own calls moved of it out of the account in the same block, base units.</param>
public sealed record TokenFall(VaultRegistration Vault, AssetId Asset, EvmAddress Contract, IReadOnlyList<string> Transactions, BigInteger Called);
