using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// A transaction's double SHA-256. Its text is the hex of the bytes in reverse, as nodes and people write it. The default
/// value is all zeros, which a coinbase input names.
/// </summary>
public readonly record struct TransactionId : IComparable<TransactionId>, IParsable<TransactionId>
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 32;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>From 32 bytes in the order of the wire.</summary>
    public TransactionId(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        _first = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
    }

    /// <summary>Parses 64 lower-case hex digits; throws <see cref="FormatException"/> for anything else.</summary>
    public static TransactionId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a transaction id of 64 lower-case hex digits.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TransactionId result)
    {
        result = default;
        if (s is not { Length: 2 * Length } || !s.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        var bytes = Convert.FromHexString(s);
        Array.Reverse(bytes);
        result = new TransactionId(bytes);
        return true;
    }

    /// <summary>Writes the bytes in the order of the wire.</summary>
    public void CopyTo(Span<byte> place)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(place, _first);
        BinaryPrimitives.WriteUInt64LittleEndian(place[8..], _second);
        BinaryPrimitives.WriteUInt64LittleEndian(place[16..], _third);
        BinaryPrimitives.WriteUInt64LittleEndian(place[24..], _fourth);
    }

    /// <summary>In the order of the text, as BIP-69 sorts.</summary>
    public int CompareTo(TransactionId other) => (_fourth, _third, _second, _first).CompareTo((other._fourth, other._third, other._second, other._first));

    /// <summary>Less in the order of the text.</summary>
    public static bool operator <(TransactionId left, TransactionId right) => left.CompareTo(right) < 0;

    /// <summary>Less or equal in the order of the text.</summary>
    public static bool operator <=(TransactionId left, TransactionId right) => left.CompareTo(right) <= 0;

    /// <summary>Greater in the order of the text.</summary>
    public static bool operator >(TransactionId left, TransactionId right) => left.CompareTo(right) > 0;

    /// <summary>Greater or equal in the order of the text.</summary>
    public static bool operator >=(TransactionId left, TransactionId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        bytes.Reverse();
        return Convert.ToHexStringLower(bytes);
    }
}
