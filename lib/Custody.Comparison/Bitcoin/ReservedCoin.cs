using System.Numerics;

namespace Custody.Comparison.Bitcoin;

/// <summary>An outpoint that was reserved for the transaction.</summary>
/// <param name="Outpoint">Which, <c>txid:index</c>.</param>
/// <param name="Amount">What the reservation says that it holds, base units.</param>
/// <param name="PreviousTransaction">The whole transaction that made it, which proves script and amount.</param>
public sealed record ReservedCoin(string Outpoint, BigInteger Amount, ReadOnlyMemory<byte> PreviousTransaction);
