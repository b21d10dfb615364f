using System.Buffers.Binary;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// Reads Bitcoin's wire format from left to right, strictly. The first fault sticks; everything read after it is empty, so a
/// parser reads all fields and asks once.
/// </summary>
internal ref struct ByteReader(ReadOnlyMemory<byte> bytes)
{
    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private int _position;

    /// <summary>What is wrong, once anything is.</summary>
    public string? Fault { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _bytes.Length - _position;

    /// <summary>Bytes as they stand.</summary>
    public ReadOnlyMemory<byte> Bytes(int count, string field)
    {
        if (Fault is not null || count < 0 || count > Left)
        {
            Fail($"{field} ends too early");
            return default;
        }

        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    /// <summary>The next byte, without taking it; null at the end.</summary>
    public readonly byte? Peek() => Fault is null && Left > 0 ? _bytes.Span[_position] : null;

    /// <summary>One byte.</summary>
    public byte Byte(string field) => Bytes(1, field) is { Length: 1 } one ? one.Span[0] : (byte)0;

    /// <summary>A 32-bit little-endian number.</summary>
    public uint UInt32(string field) => Bytes(4, field) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32LittleEndian(four.Span) : 0;

    /// <summary>A 64-bit little-endian signed number.</summary>
    public long Int64(string field) => Bytes(8, field) is { Length: 8 } eight ? BinaryPrimitives.ReadInt64LittleEndian(eight.Span) : 0;

    /// <summary>A compact size in its shortest form; a longer one is a second encoding of the same thing.</summary>
    public ulong CompactSize(string field)
    {
        var first = Byte(field);
        var (size, least) = first switch
        {
            0xfd => (2, 0xfdUL),
            0xfe => (4, 0x1_0000UL),
            0xff => (8, 0x1_0000_0000UL),
            _ => (0, 0UL),
        };
        if (size == 0)
        {
            return first;
        }

        Span<byte> wide = stackalloc byte[8];
        Bytes(size, field).Span.CopyTo(wide);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(wide);
        Require(value >= least, $"{field} is a compact size that is not in its shortest form");
        return Fault is null ? value : 0;
    }

    /// <summary>How many items follow, each of at least <paramref name="least"/> bytes: never more than the bytes can hold.</summary>
    public int Count(int least, string field)
    {
        var count = CompactSize(field);
        Require(count <= (ulong)(Left / least), $"{field} is more than the bytes can hold");
        return Fault is null ? (int)count : 0;
    }

    /// <summary>A byte string after its length.</summary>
    public ReadOnlyMemory<byte> Text(string field) => Bytes(Count(1, field), field);

    /// <summary>Requires that nothing is left.</summary>
    public void End(string what) => Require(Left == 0, $"{what} is followed by more bytes");

    /// <summary>Requires something of what was read; without it, <paramref name="fault"/> is the fault unless there is one already.</summary>
    public void Require(bool holds, string fault)
    {
        if (!holds)
        {
            Fail(fault);
        }
    }

    private void Fail(string fault) => Fault ??= fault;
}
