using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>
/// The rule that a spend needs a journal entry: a transaction signed by one of our accounts that none explains means that a
/// key is used outside of the gate. Raised as a P1 with a freeze.
/// </summary>
public static class UnexplainedSpend
{
    /// <summary>The block's transactions from our accounts that <paramref name="isExplained"/> does not know by hash.</summary>
    public static IReadOnlyList<EvmTransaction> In(EvmBlock block, Func<EvmAddress, bool> isOurs, Func<string, bool> isExplained) =>
        [.. block.Transactions.Where(t => isOurs(t.From) && !isExplained(t.Hash))];
}
