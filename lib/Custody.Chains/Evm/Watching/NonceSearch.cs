using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>
/// Finds the transaction that spent a nonce, which no standard question of a node tells: the account's counts narrow down the block, going
/// back from the newest in doubled steps, and the block holds the transaction. The node must know the state of those blocks.
/// </summary>
public static class NonceSearch
{
    /// <summary>The mined transaction at a nonce; null when the node shows none up to a height.</summary>
    public static async Task<LocatedTransaction?> FindAsync(IEvmNode node, EvmAddress account, ulong nonce, ulong head, CancellationToken cancellation)
    {
        if (await CountAsync(head) <= nonce)
        {
            return null;
        }

        // At the upper one it is spent, at the lower one it is not; before the first block nothing is.
        var (upper, step) = (head, 1UL);
        ulong? lower = null;
        while (lower is null && upper > 0)
        {
            var probe = upper > step ? upper - step : 0;
            if (await CountAsync(probe) <= nonce)
            {
                lower = probe;
            }
            else
            {
                (upper, step) = (probe, step * 2);
            }
        }

        while (lower is { } low && upper - low > 1)
        {
            var middle = low + ((upper - low) / 2);
            (lower, upper) = await CountAsync(middle) <= nonce ? (middle, upper) : (low, middle);
        }

        var block = await node.BlockAsync(BlockReference.At(upper), cancellation);
        return block?.Transactions.FirstOrDefault(t => t.From == account && t.Nonce == nonce) is { } spent ? new LocatedTransaction(spent, block.Header.Point) : null;

        Task<ulong> CountAsync(ulong height) => node.TransactionCountAsync(account, BlockReference.At(height), cancellation);
    }
}
