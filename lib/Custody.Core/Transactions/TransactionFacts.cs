using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Core.Transactions;

/// <summary>What a transaction's bytes say it does: every effect it can have, none left out.</summary>
/// <param name="Chain">The chain the bytes are bound to (EIP-155 chain id).</param>
/// <param name="Payments">Every payment it makes to somebody else, in order; for native ether exactly one.</param>
/// <param name="Slots">What it consumes, one of which only one transaction can ever consume: the sign-once unit.</param>
/// <param name="MaxTotalFee">The most it can pay in fees, base units of the chain's native coin.</param>
/// <param name="MaxFeeRate">The most a unit can pay (<c>maxFeePerGas</c>).</param>
/// <param name="MaxTip">The most of it that goes to whoever makes the block (<c>maxPriorityFeePerGas</c>), where the chain tells it apart.</param>
public sealed record TransactionFacts(
    ChainId Chain, IReadOnlyList<Payment> Payments, IReadOnlyList<TransactionSlot> Slots, BigInteger MaxTotalFee, BigInteger MaxFeeRate, BigInteger? MaxTip = null);

/// <summary>One payment of a transaction.</summary>
/// <param name="Asset">What is paid.</param>
/// <param name="Destination">To whom, in the chain's canonical text form.</param>
/// <param name="Amount">Base units.</param>
public sealed record Payment(AssetId Asset, string Destination, BigInteger Amount);

/// <summary>A slot as the bytes alone name it: an EVM nonce (the account follows from the signer), or a Bitcoin outpoint.</summary>
/// <param name="Value">The decimal nonce, or <c>txid:index</c>.</param>
public sealed record TransactionSlot(string Value);
