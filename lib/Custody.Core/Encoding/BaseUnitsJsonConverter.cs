using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Custody.Core.Encoding;

/// <summary>
/// Amounts in base units (wei, satoshi) as decimal strings: digits only, no sign, no leading zero, at most 78 digits
/// (2^256 − 1). One amount has exactly one text, so a digest over it is stable.
/// </summary>
public sealed class BaseUnitsJsonConverter : JsonConverter<BigInteger>
{
    /// <inheritdoc />
    public override BigInteger Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException("is not an amount in base units: a string of digits without sign, point or leading zero");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, BigInteger value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Format(value));

    /// <summary>The text form of a non-negative amount.</summary>
    public static string Format(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Parses the text form.</summary>
    public static bool TryParse(string? text, out BigInteger value)
    {
        value = default;
        return text is { Length: > 0 and <= 78 } && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0')
            && BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
