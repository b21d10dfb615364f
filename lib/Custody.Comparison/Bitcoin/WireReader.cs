namespace Custody.Comparison.Bitcoin;

/// <summary>
/// Reads Bitcoin's wire format and accepts one encoding of each value: two encodings of one transaction would be a second
/// meaning for the same approval. The first fault sticks, and what is read after it is empty.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>What is wrong, once anything is.</summary>
    public string? Fault { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public int Position { get; private set; }

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    /// <summary>Takes bytes.</summary>
    public ReadOnlySpan<byte> Take(long count, string field)
    {
        if (Fault is not null || count > Rest.Length)
        {
            Require(false, $"{field} is longer than the bytes");
            return [];
        }

        var taken = Rest[..(int)count];
        Position += (int)count;
        return taken;
    }

    /// <summary>A number of 1, 2, 4 or 8 bytes, little-endian.</summary>
    public ulong Number(int size, string field)
    {
        ulong value = 0;
        var digits = Take(size, field);
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | digits[i];
        }

        return value;
    }

    /// <summary>A length or count in its shortest form, and not more than there are bytes left.</summary>
    public int Size(string field)
    {
        var value = Number(1, field);
        if (value > 252)
        {
            var width = 1 << (int)(value - 252);
            value = Number(width, field);

            // The next narrower form has half the width, and the narrowest reaches to 252.
            Require(value > (width == 2 ? 252 : (1UL << (4 * width)) - 1), $"{field} is not in its shortest form");
        }

        Require(value <= (ulong)Rest.Length, $"{field} is longer than the bytes");
        return Fault is null ? (int)value : 0;
    }

    /// <summary>A byte string after its length.</summary>
    public ReadOnlySpan<byte> Text(string field) => Take(Size(field), field);

    /// <summary>Requires something; without it, <paramref name="fault"/> is the fault unless there is one already.</summary>
    public void Require(bool holds, string fault)
    {
        if (!holds)
        {
            Fault ??= fault;
        }
    }
}
