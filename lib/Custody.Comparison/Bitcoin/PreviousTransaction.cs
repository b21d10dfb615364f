namespace Custody.Comparison.Bitcoin;

/// <summary>
/// Proves what an outpoint holds: the whole earlier transaction, whose id is the outpoint's. Amounts are verified this way
/// and never believed (BIP-174's reason for whole previous transactions; BIP-143 signs the amount of its own input only).
/// </summary>
internal static class PreviousTransaction
{
    /// <summary>The output at an outpoint; null when the bytes are not that transaction or it has no such output.</summary>
    public static BitcoinOutput? OutputAt(ReadOnlySpan<byte> bytes, BitcoinInput input)
    {
        var reader = new WireReader(bytes);
        reader.Number(4, "the version");
        var hasWitness = reader.Rest is [0, 1, ..];
        reader.Take(hasWitness ? 2 : 0, "marker and flag");
        var start = reader.Position;
        var inputs = SkipInputs(ref reader);
        var output = ReadOutput(ref reader, input.Index);
        var end = reader.Position;
        for (var i = 0; hasWitness && i < inputs && reader.Fault is null; i++)
        {
            for (var items = reader.Size("a witness"); items > 0 && reader.Fault is null; items--)
            {
                reader.Text("a witness item");
            }
        }

        reader.Take(4, "the lock time");
        if (reader.Fault is not null || !reader.Rest.IsEmpty)
        {
            return null;
        }

        byte[] stripped = [.. bytes[..4], .. bytes[start..end], .. bytes[^4..]];
        return DoubleHash.Of(stripped).AsSpan().SequenceEqual(input.Previous.AsSpan(0, 32)) ? output : null;
    }

    private static int SkipInputs(ref WireReader reader)
    {
        var inputs = reader.Size("the number of inputs");
        for (var i = 0; i < inputs && reader.Fault is null; i++)
        {
            reader.Take(BitcoinInput.PreviousLength, "an input");
            reader.Text("an unlocking script");
            reader.Take(4, "a sequence");
        }

        return inputs;
    }

    private static BitcoinOutput? ReadOutput(ref WireReader reader, int index)
    {
        BitcoinOutput? found = null;
        var outputs = reader.Size("the number of outputs");
        for (var i = 0; i < outputs && reader.Fault is null; i++)
        {
            var amount = reader.Number(8, "an amount");
            var script = reader.Text("a locking script");
            reader.Require(amount <= BitcoinOutput.AllMoney, "an amount is more than there can be");
            if (i == index)
            {
                found = new BitcoinOutput(script.ToArray(), amount);
            }
        }

        return found;
    }
}
