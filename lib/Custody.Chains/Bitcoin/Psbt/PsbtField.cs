namespace Custody.Chains.Bitcoin;

/// <summary>A key and its value in one of a PSBT's maps (BIP-174).</summary>
/// <param name="Type">The key's type.</param>
/// <param name="KeyData">What follows the type in the key.</param>
/// <param name="Value">The value.</param>
public sealed record PsbtField(ulong Type, ReadOnlyMemory<byte> KeyData, ReadOnlyMemory<byte> Value)
{
    /// <summary>A field whose key is its type alone.</summary>
    public PsbtField(ulong type, ReadOnlyMemory<byte> value)
        : this(type, default, value)
    {
    }

    /// <summary>True when the other has the same key.</summary>
    public bool HasKeyOf(PsbtField other) => Type == other.Type && KeyData.Span.SequenceEqual(other.KeyData.Span);

    /// <summary>The key as it is written, without its length.</summary>
    internal byte[] Key()
    {
        var writer = new ByteWriter();
        writer.CompactSize(Type);
        writer.Bytes(KeyData.Span);
        return writer.ToArray();
    }

    internal void WriteTo(ByteWriter writer)
    {
        writer.Text(Key());
        writer.Text(Value.Span);
    }
}
