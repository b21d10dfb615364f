using System.Globalization;

namespace Custody.Comparison.Bitcoin;

/// <summary>
/// Decodes our own spends, and refuses everything else: other versions, unlocking scripts, witnesses that are more or less
/// than a signature and a key, other hash types than ALL, malleable signatures, non-canonical bytes, bytes after the end. It
/// never throws on bad bytes and knows nothing of PSBT.
/// </summary>
public static class BitcoinTransactionDecoder
{
    /// <summary>What a certificate names as the decoder; a change of what is accepted is a new version.</summary>
    public const string Version = "bitcoin-p2wpkh/1";

    private const int MostBytes = 400_000;

    /// <summary>Decodes unsigned bytes: the serialisation without witnesses.</summary>
    public static BitcoinDecoding DecodeUnsigned(ReadOnlySpan<byte> bytes)
    {
        var reader = Open(bytes);
        var spend = ReadSpend(ref reader);
        spend = End(ref reader, spend);
        return reader.Fault is { } fault ? Malformed(fault) : new BitcoinDecoding.Unsigned(spend);
    }

    /// <summary>Decodes signed bytes.</summary>
    public static BitcoinDecoding DecodeSigned(ReadOnlySpan<byte> bytes)
    {
        var reader = Open(bytes);
        reader.Require(reader.Number(2, "marker and flag") == 0x0100, "marker and flag of a witness are missing");
        var start = reader.Position;
        var spend = ReadSpend(ref reader);
        var end = reader.Position;
        var signatures = new BitcoinSignature[spend.Inputs.Count];
        for (var i = 0; i < signatures.Length && reader.Fault is null; i++)
        {
            signatures[i] = BitcoinSignature.ReadFrom(ref reader)!;
        }

        spend = End(ref reader, spend);
        if (reader.Fault is { } fault)
        {
            return Malformed(fault);
        }

        byte[] unsigned = [.. bytes[..4], .. bytes[start..end], .. bytes[^4..]];
        return new BitcoinDecoding.Signed(spend, signatures, unsigned, DoubleHash.IdOf(unsigned));
    }

    private static WireReader Open(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Require(bytes.Length <= MostBytes, "they are more than nodes relay");
        reader.Require(reader.Number(4, "the version") == BitcoinSpend.Version, "the version is not 2");
        return reader;
    }

    private static BitcoinSpend ReadSpend(ref WireReader reader)
    {
        var inputs = new List<BitcoinInput>();
        for (var left = reader.Size("the number of inputs"); left > 0 && reader.Fault is null; left--)
        {
            var previous = reader.Take(BitcoinInput.PreviousLength, "an input");
            reader.Require(reader.Size("an unlocking script") == 0, "an unlocking script is not empty");
            var sequence = (uint)reader.Number(4, "a sequence");
            if (reader.Fault is null)
            {
                inputs.Add(new BitcoinInput(previous.ToArray(), sequence));
            }
        }

        var outputs = new List<BitcoinOutput>();
        var total = 0UL;
        for (var left = reader.Size("the number of outputs"); left > 0 && reader.Fault is null; left--)
        {
            var amount = reader.Number(8, "an amount");
            var script = reader.Text("a locking script");
            total += Math.Min(amount, BitcoinOutput.AllMoney + 1);
            reader.Require(total <= BitcoinOutput.AllMoney, "the amounts are more than there can be");
            outputs.Add(new BitcoinOutput(script.ToArray(), amount));
        }

        reader.Require(inputs.Count > 0, "there are no inputs");
        reader.Require(outputs.Count > 0, "there are no outputs");
        reader.Require(inputs.DistinctBy(i => i.Outpoint).Count() == inputs.Count, "an output is spent twice");
        return new BitcoinSpend(inputs, outputs, 0);
    }

    private static BitcoinSpend End(ref WireReader reader, BitcoinSpend spend)
    {
        var lockTime = (uint)reader.Number(4, "the lock time");
        reader.Require(reader.Rest.IsEmpty, string.Create(CultureInfo.InvariantCulture, $"{reader.Rest.Length} bytes follow the lock time"));
        return spend with { LockTime = lockTime };
    }

    private static BitcoinDecoding.Malformed Malformed(string fault) => new($"The bytes are not a spend of ours: {fault}.");
}
