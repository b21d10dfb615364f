namespace Custody.Chains.Bitcoin;

/// <summary>
/// Parses transactions strictly: compact sizes in their shortest form, marker and flag only with a witness behind them
/// (BIP-144), no byte after the end. What parses serialises to the same bytes.
/// </summary>
public static class TransactionParser
{
    private const int LeastInput = Outpoint.Length + 1 + 4;
    private const int LeastOutput = 8 + 1;

    /// <summary>Parses either serialisation. Never throws on bad bytes.</summary>
    public static TransactionReading Parse(ReadOnlyMemory<byte> bytes) => Parse(bytes, mayHaveWitness: true);

    /// <summary>
    /// Parses the serialisation without witnesses alone, which can also say that there are no inputs: the unsigned transaction
    /// of a PSBT (BIP-174).
    /// </summary>
    public static TransactionReading ParseWithoutWitness(ReadOnlyMemory<byte> bytes) => Parse(bytes, mayHaveWitness: false);

    private static TransactionReading Parse(ReadOnlyMemory<byte> bytes, bool mayHaveWitness)
    {
        var reader = new ByteReader(bytes);
        var transaction = ReadFrom(ref reader, mayHaveWitness);
        reader.End("the transaction");
        return reader.Fault is { } fault
            ? new TransactionReading.Malformed($"The bytes are not a Bitcoin transaction: {fault}.")
            : new TransactionReading.Read(transaction);
    }

    /// <summary>Reads one of several that follow each other; what it returns counts only while the reader has no fault.</summary>
    internal static BitcoinTransaction ReadFrom(ref ByteReader reader, bool mayHaveWitness = true)
    {
        var version = unchecked((int)reader.UInt32("the version"));
        var marked = mayHaveWitness && reader.Peek() == BitcoinTransaction.Marker;
        if (marked)
        {
            reader.Byte("the marker");
            reader.Require(reader.Byte("the flag") == BitcoinTransaction.Flag, "the flag after the marker is not 01");
        }

        var inputs = new TransactionInput[reader.Count(LeastInput, "the number of inputs")];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = ReadInput(ref reader);
        }

        var outputs = new TransactionOutput[reader.Count(LeastOutput, "the number of outputs")];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = TransactionOutput.ReadFrom(ref reader);
        }

        for (var i = 0; marked && i < inputs.Length; i++)
        {
            inputs[i] = inputs[i] with { Witness = WitnessStack.ReadFrom(ref reader) };
        }

        var lockTime = reader.UInt32("the lock time");
        var transaction = new BitcoinTransaction(version, inputs, outputs, lockTime);
        reader.Require(!marked || transaction.HasWitness, "marker and flag announce witnesses and there are none");
        return transaction;
    }

    private static TransactionInput ReadInput(ref ByteReader reader)
    {
        var id = reader.Bytes(TransactionId.Length, "an input's transaction id");
        var index = reader.UInt32("an input's index");
        var script = reader.Text("an input's script");
        var sequence = reader.UInt32("an input's sequence");
        return new TransactionInput(reader.Fault is null ? new Outpoint(new TransactionId(id.Span), index) : default, script, sequence, []);
    }
}
