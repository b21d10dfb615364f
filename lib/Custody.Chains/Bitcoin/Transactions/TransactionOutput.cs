namespace Custody.Chains.Bitcoin;

/// <summary>An output of a transaction.</summary>
/// <param name="Amount">Satoshi, as the wire carries them.</param>
/// <param name="Script">The locking script.</param>
public sealed record TransactionOutput(long Amount, ReadOnlyMemory<byte> Script)
{
    /// <summary>The bytes that it takes.</summary>
    public int Size => 8 + ByteWriter.SizeOf((ulong)Script.Length) + Script.Length;

    internal static TransactionOutput ReadFrom(ref ByteReader reader) => new(reader.Int64("an output's amount"), reader.Text("an output's script"));

    internal void WriteTo(ByteWriter writer)
    {
        writer.Int64(Amount);
        writer.Text(Script.Span);
    }
}
