using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Custody.Chains.Bitcoin;

/// <summary>An output of an earlier transaction; its text is <c>txid:index</c>.</summary>
/// <param name="TransactionId">The earlier transaction.</param>
/// <param name="Index">Which of its outputs, from zero.</param>
public readonly record struct Outpoint(TransactionId TransactionId, uint Index) : IComparable<Outpoint>, IParsable<Outpoint>
{
    /// <summary>The length on the wire.</summary>
    public const int Length = TransactionId.Length + 4;

    /// <summary>What a coinbase input names: no output at all.</summary>
    public bool IsNull => Index == uint.MaxValue && TransactionId == default;

    /// <summary>Parses <c>txid:index</c>; throws <see cref="FormatException"/> for anything else.</summary>
    public static Outpoint Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var outpoint) ? outpoint : throw new FormatException($"'{s}' is not an outpoint such as txid:0.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Outpoint result)
    {
        result = default;
        if (s?.Split(':') is not [var id, var index] || !TransactionId.TryParse(id, provider, out var transaction)
            || !uint.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (index.Length > 1 && index[0] == '0'))
        {
            return false;
        }

        result = new Outpoint(transaction, number);
        return true;
    }

    /// <inheritdoc />
    public int CompareTo(Outpoint other) => TransactionId.CompareTo(other.TransactionId) is not 0 and var order ? order : Index.CompareTo(other.Index);

    /// <summary>Less, by id and then index.</summary>
    public static bool operator <(Outpoint left, Outpoint right) => left.CompareTo(right) < 0;

    /// <summary>Less or equal, by id and then index.</summary>
    public static bool operator <=(Outpoint left, Outpoint right) => left.CompareTo(right) <= 0;

    /// <summary>Greater, by id and then index.</summary>
    public static bool operator >(Outpoint left, Outpoint right) => left.CompareTo(right) > 0;

    /// <summary>Greater or equal, by id and then index.</summary>
    public static bool operator >=(Outpoint left, Outpoint right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TransactionId}:{Index}");

    internal void WriteTo(ByteWriter writer)
    {
        Span<byte> id = stackalloc byte[TransactionId.Length];
        TransactionId.CopyTo(id);
        writer.Bytes(id);
        writer.UInt32(Index);
    }
}
