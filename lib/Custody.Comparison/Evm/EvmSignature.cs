using System.Numerics;

namespace Custody.Comparison.Evm;

/// <summary>A signature as the decoder accepts it: 0 &lt; r &lt; n, 0 &lt; s ≤ n/2 (EIP-2), parity 0 or 1.</summary>
/// <param name="YParity">The parity of the nonce point's y.</param>
/// <param name="R">r.</param>
/// <param name="S">s, in the lower half.</param>
public sealed record EvmSignature(int YParity, BigInteger R, BigInteger S);
