using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Custody.Chains.Evm;

namespace Custody.Chains.Bitcoin;

/// <summary>The forms of Bitcoin Core's JSON. Anything else is a <see cref="NodeAnswerException"/>.</summary>
internal static class BitcoinJson
{
    private const int Decimals = 8;

    public static JsonElement Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : throw Malformed(name);

    public static JsonElement? Optional(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string Text(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Malformed(name);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            throw Malformed(name);
        }
    }

    public static TransactionId Hash(JsonElement value, string name) => TransactionId.TryParse(Text(value, name), null, out var hash) ? hash : throw Malformed(name);

    public static byte[] Bytes(JsonElement value, string name)
    {
        var text = Text(value, name);
        return text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : throw Malformed(name);
    }

    public static int Number(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number : throw Malformed(name);

    public static bool Flag(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Malformed(name),
    };

    /// <summary>
    /// Satoshi of an amount that is written in bitcoin, digit by digit: as binary floating point it would not be the same number. More
    /// than eight decimals, an exponent, or more than there can be is no amount.
    /// </summary>
    public static BigInteger Satoshi(JsonElement value, string name)
    {
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "";
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, fraction) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        return whole.Length > 0 && whole.All(char.IsAsciiDigit) && fraction.All(char.IsAsciiDigit) && fraction.Length <= Decimals
            && BigInteger.Parse(whole + fraction.PadRight(Decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture) is var satoshi && satoshi <= Bitcoin.Satoshi.Most
            ? satoshi
            : throw Malformed(name);
    }

    public static NodeAnswerException Malformed(string name) => new($"The node's '{name}' is missing or malformed.");
}
