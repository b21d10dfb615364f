using System.Numerics;

namespace Custody.LocalStack.Parts;

/// <summary>Keeps the vault solvent: one of the node's development accounts pays in when little is left.</summary>
internal static class VaultFunding
{
    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);
    private static readonly BigInteger Little = 10 * Ether;
    private static readonly BigInteger Deposit = 100 * Ether;

    /// <summary>Pays in if needed, waits for the block, and returns the balance in wei.</summary>
    public static async Task<BigInteger> EnsureAsync(Node node, string vault, TimeProvider time, CancellationToken cancellation)
    {
        var before = await node.BalanceAsync(vault, cancellation);
        if (before >= Little)
        {
            return before;
        }

        await node.PayAsync(vault, Deposit, cancellation);
        BigInteger after;
        while ((after = await node.BalanceAsync(vault, cancellation)) == before)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
        }

        return after;
    }
}
