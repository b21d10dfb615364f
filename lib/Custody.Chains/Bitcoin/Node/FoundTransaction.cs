namespace Custody.Chains.Bitcoin;

/// <summary>A transaction that a node has; its bytes hash to the id that was asked for.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="BlockHash">The block that it is in; null in the pool.</param>
/// <param name="Confirmations">Zero in the pool.</param>
public sealed record FoundTransaction(BitcoinTransaction Transaction, TransactionId? BlockHash, int Confirmations);
