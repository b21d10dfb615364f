using System.Numerics;
using System.Security.Cryptography;

namespace Custody.Core.Assets;

/// <summary>Base58 with a checksum, the form of Bitcoin's older addresses: the bytes, then the first four of their double SHA-256.</summary>
public static class Base58Check
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int ChecksumLength = 4;

    // Longer than any address; the arithmetic below grows with the square of the length.
    private const int MaxLength = 64;

    /// <summary>Decodes a text. True when it is of the form; <paramref name="payload"/> is null when the checksum is wrong.</summary>
    public static bool TryDecode(string text, out byte[]? payload)
    {
        payload = null;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        var number = BigInteger.Zero;
        foreach (var c in text)
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            number = (number * 58) + digit;
        }

        var zeros = text.TakeWhile(c => c == '1').Count();
        byte[] bytes = [.. new byte[zeros], .. number.IsZero ? [] : number.ToByteArray(isUnsigned: true, isBigEndian: true)];
        if (bytes.Length <= ChecksumLength)
        {
            return false;
        }

        var content = bytes[..^ChecksumLength];
        payload = SHA256.HashData(SHA256.HashData(content)).AsSpan(0, ChecksumLength).SequenceEqual(bytes.AsSpan(content.Length)) ? content : null;
        return true;
    }
}
