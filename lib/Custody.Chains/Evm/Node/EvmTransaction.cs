using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>A transaction as a node reports it, of any type that the chain has.</summary>
/// <param name="Hash">The transaction's hash.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The recipient; null when it creates a contract.</param>
/// <param name="Value">Wei.</param>
/// <param name="Nonce">The sender's nonce.</param>
/// <param name="InputLength">The calldata's length in bytes.</param>
/// <param name="ChainId">The chain it is bound to; null for one without (before EIP-155).</param>
public sealed record EvmTransaction(
    string Hash, EvmAddress From, EvmAddress? To, BigInteger Value, ulong Nonce, int InputLength, ulong? ChainId);
