using System.Buffers.Binary;

namespace Custody.Chains.Bitcoin;

/// <summary>Writes Bitcoin's wire format: little-endian numbers, compact sizes in their shortest form.</summary>
internal sealed class ByteWriter(int capacity = 256)
{
    private byte[] _bytes = new byte[capacity];
    private int _length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The length of a compact size.</summary>
    public static int SizeOf(ulong value) => value switch
    {
        < 0xfd => 1,
        <= 0xffff => 3,
        <= 0xffff_ffff => 5,
        _ => 9,
    };

    /// <summary>A copy of what was written.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Bytes as they stand.</summary>
    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Grow(value.Length));

    /// <summary>One byte.</summary>
    public void Byte(byte value) => Grow(1)[0] = value;

    /// <summary>A 32-bit number.</summary>
    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Grow(4), value);

    /// <summary>A 64-bit number.</summary>
    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Grow(8), value);

    /// <summary>A compact size.</summary>
    public void CompactSize(ulong value)
    {
        var size = SizeOf(value);
        if (size == 1)
        {
            Byte((byte)value);
            return;
        }

        Byte(size switch { 3 => 0xfd, 5 => 0xfe, _ => 0xff });
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(wide, value);
        Bytes(wide[..(size - 1)]);
    }

    /// <summary>A byte string after its length.</summary>
    public void Text(ReadOnlySpan<byte> value)
    {
        CompactSize((ulong)value.Length);
        Bytes(value);
    }

    private Span<byte> Grow(int count)
    {
        if (_length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        var place = _bytes.AsSpan(_length, count);
        _length += count;
        return place;
    }
}
