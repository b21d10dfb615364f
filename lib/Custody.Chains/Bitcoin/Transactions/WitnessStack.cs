namespace Custody.Chains.Bitcoin;

/// <summary>A witness on the wire (BIP-144): how many items, then each after its length.</summary>
internal static class WitnessStack
{
    public static ReadOnlyMemory<byte>[] ReadFrom(ref ByteReader reader)
    {
        var items = new ReadOnlyMemory<byte>[reader.Count(1, "the number of witness items")];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = reader.Text("a witness item");
        }

        return items;
    }

    public static void WriteTo(ByteWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> items)
    {
        writer.CompactSize((ulong)items.Count);
        foreach (var item in items)
        {
            writer.Text(item.Span);
        }
    }
}
