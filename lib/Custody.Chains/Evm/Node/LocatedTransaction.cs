namespace Custody.Chains.Evm;

/// <summary>A transaction and where the node has it.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Block">The block that holds it; null while it waits in the node's pool.</param>
public sealed record LocatedTransaction(EvmTransaction Transaction, BlockPoint? Block);
