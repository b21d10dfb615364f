using System.Numerics;

namespace Custody.Chains.Evm;

/// <summary>A block without its transactions. Hashes are <c>0x</c> and 64 lower-case hex digits.</summary>
/// <param name="Number">The height.</param>
/// <param name="Hash">The block's hash.</param>
/// <param name="ParentHash">The hash of the block before it.</param>
/// <param name="Timestamp">The block's own time.</param>
/// <param name="BaseFee">Wei per gas; null before EIP-1559.</param>
public sealed record EvmHeader(ulong Number, string Hash, string ParentHash, DateTimeOffset Timestamp, BigInteger? BaseFee)
{
    /// <summary>The height and hash alone.</summary>
    public BlockPoint Point => new(Number, Hash);
}
