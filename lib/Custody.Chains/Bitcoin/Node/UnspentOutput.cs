namespace Custody.Chains.Bitcoin;

/// <summary>An output that a node knows as unspent (<c>gettxout</c>).</summary>
/// <param name="Output">What it holds and what locks it. The node's word: what is signed proves it by the transaction that made it.</param>
/// <param name="Confirmations">Zero for one in the pool.</param>
/// <param name="IsCoinbase">A coinbase's output is spendable from 100 confirmations on.</param>
public sealed record UnspentOutput(TransactionOutput Output, int Confirmations, bool IsCoinbase);
