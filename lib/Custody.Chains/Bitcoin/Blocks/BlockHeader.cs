using System.Buffers.Binary;

namespace Custody.Chains.Bitcoin;

/// <summary>The 80 bytes that a block's hash is over.</summary>
/// <param name="Hash">Double SHA-256 of them, in the order of nodes and people: 64 lower-case hex digits.</param>
/// <param name="ParentHash">The block before it.</param>
/// <param name="MerkleRoot">Over the ids of its transactions.</param>
/// <param name="Time">What its miner says; later than the median of the eleven before it, and at most two hours ahead.</param>
public sealed record BlockHeader(TransactionId Hash, TransactionId ParentHash, TransactionId MerkleRoot, DateTimeOffset Time)
{
    /// <summary>The length on the wire.</summary>
    public const int Length = 80;

    /// <summary>Reads one; throws <see cref="ArgumentException"/> unless there are 80 bytes.</summary>
    public static BlockHeader Of(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        return new BlockHeader(
            new TransactionId(Hashes.Sha256d(bytes)),
            new TransactionId(bytes[4..36]),
            new TransactionId(bytes[36..68]),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32LittleEndian(bytes[68..72])));
    }
}
