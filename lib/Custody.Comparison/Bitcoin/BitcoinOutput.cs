using System.Numerics;

namespace Custody.Comparison.Bitcoin;

/// <summary>An output as the decoder reads it.</summary>
/// <param name="Script">The locking script.</param>
/// <param name="Amount">Satoshi.</param>
public sealed record BitcoinOutput(byte[] Script, BigInteger Amount)
{
    /// <summary>All that there can ever be: 21 million bitcoin.</summary>
    internal const ulong AllMoney = 2_100_000_000_000_000;
}
