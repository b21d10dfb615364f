namespace Custody.Chains.Bitcoin;

/// <summary>
/// Parses a block strictly, and only one whose header commits to exactly its transactions: a node can leave a block out, and cannot
/// put anything into one.
/// </summary>
public static class BlockParser
{
    private const int LeastTransaction = 10;

    // The length of two ids: such a transaction could be an inner node of the tree, and the root would say nothing of what is below.
    private const int TreeNode = 2 * TransactionId.Length;

    /// <summary>Parses the bytes. Never throws on bad ones.</summary>
    public static BlockReading Parse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var head = reader.Bytes(BlockHeader.Length, "the header");
        var transactions = new BitcoinTransaction[reader.Count(LeastTransaction, "the number of transactions")];
        for (var i = 0; i < transactions.Length && reader.Fault is null; i++)
        {
            transactions[i] = TransactionParser.ReadFrom(ref reader);
        }

        reader.End("the block");
        reader.Require(reader.Fault is not null || transactions.All(t => t.SerializeWithoutWitness().Length != TreeNode), "a transaction has 64 bytes");
        if (reader.Fault is { } fault)
        {
            return new BlockReading.Malformed($"The bytes are not a Bitcoin block: {fault}.");
        }

        var header = BlockHeader.Of(head.Span);
        return MerkleRoot.Of([.. transactions.Select(t => t.Id)]) is { } root && root == header.MerkleRoot
            ? new BlockReading.Read(new BitcoinBlock(header, transactions))
            : new BlockReading.Malformed("The block's header commits to other transactions.");
    }
}
