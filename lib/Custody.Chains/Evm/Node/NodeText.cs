using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>
/// The hex forms of Ethereum's JSON-RPC (execution-apis, "base types"): a quantity is <c>0x</c> and digits without a leading
/// zero, data is <c>0x</c> and whole bytes. Anything else is a <see cref="NodeAnswerException"/>.
/// </summary>
internal static class NodeText
{
    private const int UInt256Digits = 64;

    public static BigInteger Quantity(JsonElement value, string name)
    {
        var digits = Digits(value, name);
        return digits.Length is >= 1 and <= UInt256Digits && (digits[0] != '0' || digits.Length == 1)
            ? BigInteger.Parse($"0{digits}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw Malformed(name);
    }

    public static ulong Number(JsonElement value, string name)
    {
        var quantity = Quantity(value, name);
        return quantity <= ulong.MaxValue ? (ulong)quantity : throw Malformed(name);
    }

    public static int DataLength(JsonElement value, string name)
    {
        var digits = Digits(value, name);
        return digits.Length % 2 == 0 ? digits.Length / 2 : throw Malformed(name);
    }

    public static string Data(JsonElement value, string name)
    {
        var digits = Digits(value, name);
        return digits.Length % 2 == 0 ? $"0x{digits.ToLowerInvariant()}" : throw Malformed(name);
    }

    public static byte[] Bytes(JsonElement value, string name) => Convert.FromHexString(Data(value, name).AsSpan(2));

    public static string Hash(JsonElement value, string name)
    {
        var digits = Digits(value, name);
        return digits.Length == 64 ? $"0x{digits.ToLowerInvariant()}" : throw Malformed(name);
    }

    public static EvmAddress Address(JsonElement value, string name)
    {
        // Nodes answer in lower case or with a checksum; the bytes are what counts.
        var digits = Digits(value, name);
        return digits.Length == 40 ? new EvmAddress(Convert.FromHexString(digits)) : throw Malformed(name);
    }

    public static NodeAnswerException Malformed(string name) => new($"The node's '{name}' is missing or malformed.");

    private static string Digits(JsonElement value, string name)
    {
        var text = value.ValueKind == JsonValueKind.String ? Text(value, name) : "";
        return text.StartsWith("0x", StringComparison.Ordinal) && text.Skip(2).All(char.IsAsciiHexDigit) ? text[2..] : throw Malformed(name);
    }

    private static string Text(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            throw Malformed(name);
        }
    }
}
