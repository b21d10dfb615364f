using System.Numerics;

namespace Custody.Comparison.Evm;

/// <summary>
/// Reads RLP from left to right and accepts only its canonical form, in which a value has exactly one encoding (Yellow
/// Paper, appendix B): two encodings of one transaction would be two hashes, and a second meaning for the same approval.
/// The first fault sticks; everything read after it is empty, so a decoder reads all fields and asks once.
/// </summary>
internal ref struct RlpReader(ReadOnlySpan<byte> bytes)
{
    private const int ShortString = 0x80;
    private const int LongString = 0xb7;
    private const int ShortList = 0xc0;
    private const int LongList = 0xf7;
    private const int LongestShort = 55;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>What is wrong, once anything is.</summary>
    public string? Fault { get; private set; }

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Remaining => _bytes[_position..];

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    /// <summary>True when nothing is left.</summary>
    public readonly bool AtEnd => _position == _bytes.Length;

    /// <summary>A reader with nothing to read but its fault.</summary>
    public static RlpReader Faulted(string fault) => new([]) { Fault = fault };

    /// <summary>The content of a byte string.</summary>
    public ReadOnlySpan<byte> String(string field)
    {
        if (!TryPeek(field, out var head))
        {
            return [];
        }

        if (head < ShortString)
        {
            return _bytes.Slice(_position++, 1);
        }

        if (head >= ShortList)
        {
            return Fail($"{field} is a list");
        }

        var content = Content(field, head, ShortString, LongString);
        return content is [< ShortString] ? Fail($"{field} is a single byte with a needless header") : content;
    }

    /// <summary>The concatenated items of a list.</summary>
    public ReadOnlySpan<byte> List(string field)
    {
        if (!TryPeek(field, out var head))
        {
            return [];
        }

        return head < ShortList ? Fail($"{field} is not a list") : Content(field, head, ShortList, LongList);
    }

    /// <summary>An integer of at most <paramref name="bits"/> bits: big-endian without leading zeros.</summary>
    public BigInteger Integer(string field, int bits)
    {
        var content = String(field);
        if (content is [0, ..])
        {
            Fail($"{field} has a leading zero");
        }
        else if (content.Length * 8 > bits)
        {
            Fail($"{field} is longer than {bits} bits");
        }

        return Fault is null ? new BigInteger(content, isUnsigned: true, isBigEndian: true) : BigInteger.Zero;
    }

    /// <summary>Requires that nothing is left.</summary>
    public void End(string what) => Require(AtEnd, $"{what} is followed by more bytes");

    /// <summary>Requires something of what was read; without it, <paramref name="fault"/> is the fault unless there is one already.</summary>
    public void Require(bool holds, string fault)
    {
        if (!holds)
        {
            Fail(fault);
        }
    }

    private bool TryPeek(string field, out int head)
    {
        head = 0;
        if (Fault is not null || AtEnd)
        {
            Fail($"{field} is missing");
            return false;
        }

        head = _bytes[_position];
        return true;
    }

    private ReadOnlySpan<byte> Content(string field, int head, int shortForm, int longForm)
    {
        var start = _position + 1;
        long length = head - shortForm;
        if (head > longForm)
        {
            var size = head - longForm;
            if (size > _bytes.Length - start)
            {
                return Fail($"{field} ends within its length");
            }

            // More than 4 length bytes cannot be canonical for anything that fits in memory.
            var digits = _bytes.Slice(start, size);
            length = size > 4 ? long.MaxValue : digits.ToArray().Aggregate(0L, (value, digit) => (value << 8) | digit);
            if (digits[0] == 0 || length <= LongestShort)
            {
                return Fail($"{field} has a length that is not in its shortest form");
            }

            start += size;
        }

        if (length > _bytes.Length - start)
        {
            return Fail($"{field} is longer than the bytes");
        }

        _position = start + (int)length;
        return _bytes.Slice(start, (int)length);
    }

    private ReadOnlySpan<byte> Fail(string fault)
    {
        Fault ??= fault;
        return [];
    }
}
