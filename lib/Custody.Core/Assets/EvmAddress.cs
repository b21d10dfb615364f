using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Custody.Core.Encoding;

namespace Custody.Core.Assets;

/// <summary>
/// A 20-byte EVM account address. Its text form is <c>0x</c> and 40 hex digits with EIP-55's mixed-case checksum;
/// a mixed-case text whose checksum is wrong does not parse.
/// </summary>
[JsonConverter(typeof(ParsableJsonConverter<EvmAddress>))]
public readonly struct EvmAddress : IParsable<EvmAddress>, IEquatable<EvmAddress>
{
    private readonly byte[]? _bytes;

    /// <summary>From exactly 20 bytes.</summary>
    public EvmAddress(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, 20);
        _bytes = bytes.ToArray();
    }

    /// <summary>The 20 bytes; the default value is the zero address.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes ?? new byte[20];

    /// <summary>True for the zero address (and the default value), which burns what it receives.</summary>
    public bool IsZero => !Bytes.ContainsAnyExcept((byte)0);

    /// <summary>The address of an uncompressed SEC1 public key (65 bytes, leading 0x04): the last 20 bytes of Keccak-256 of X‖Y.</summary>
    public static EvmAddress FromPublicKey(ReadOnlySpan<byte> uncompressed) => uncompressed.Length == 65 && uncompressed[0] == 4
        ? new EvmAddress(Keccak256.Hash(uncompressed[1..]).AsSpan(12))
        : throw new ArgumentException("An uncompressed secp256k1 public key has 65 bytes and starts with 04.", nameof(uncompressed));

    /// <summary>Parses the text form; throws <see cref="FormatException"/> with what is wrong.</summary>
    public static EvmAddress Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var address) ? address : throw new FormatException($"'{s}' is not an EVM address with a valid EIP-55 checksum.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EvmAddress result)
    {
        result = default;
        if (s is not { Length: 42 } || !s.StartsWith("0x", StringComparison.Ordinal) || !s.AsSpan(2).ToString().All(char.IsAsciiHexDigit))
        {
            return false;
        }

        var parsed = new EvmAddress(Convert.FromHexString(s.AsSpan(2)));
        var digits = s[2..];
        var mixed = digits.Any(char.IsAsciiLetterUpper) && digits.Any(char.IsAsciiLetterLower);
        if (mixed && parsed.ToString() != s)
        {
            return false;
        }

        result = parsed;
        return true;
    }

    /// <summary>Equality by bytes.</summary>
    public static bool operator ==(EvmAddress left, EvmAddress right) => left.Equals(right);

    /// <summary>Inequality by bytes.</summary>
    public static bool operator !=(EvmAddress left, EvmAddress right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(EvmAddress other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is EvmAddress other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The EIP-55 form.</summary>
    public override string ToString()
    {
        var lower = Convert.ToHexStringLower(Bytes);
        var hash = Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(lower));
        return string.Create(42, (lower, hash), static (text, state) =>
        {
            "0x".CopyTo(text);
            for (var i = 0; i < 40; i++)
            {
                var nibble = (state.hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
                text[i + 2] = nibble >= 8 ? char.ToUpperInvariant(state.lower[i]) : state.lower[i];
            }
        });
    }
}
