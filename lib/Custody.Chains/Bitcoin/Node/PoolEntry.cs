using System.Numerics;

namespace Custody.Chains.Bitcoin;

/// <summary>A transaction in a node's pool (<c>getmempoolentry</c>).</summary>
/// <param name="VirtualSize">Its size.</param>
/// <param name="Fee">What it pays, satoshi.</param>
/// <param name="AncestorSize">The size of it and of what it waits for in the pool.</param>
/// <param name="AncestorFees">What they pay together, satoshi.</param>
/// <param name="DescendantSize">The size of it and of what spends it in the pool.</param>
/// <param name="DescendantFees">What they pay together, satoshi: a replacement must pay for all (BIP-125).</param>
public sealed record PoolEntry(int VirtualSize, BigInteger Fee, int AncestorSize, BigInteger AncestorFees, int DescendantSize, BigInteger DescendantFees);
