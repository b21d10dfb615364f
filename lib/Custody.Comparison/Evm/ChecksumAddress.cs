using System.Text;

namespace Custody.Comparison.Evm;

/// <summary>Addresses as the comparison derives and writes them: EIP-55 text, and from a public key.</summary>
internal static class ChecksumAddress
{
    private const int HexDigits = 40;

    /// <summary>The EIP-55 form of 20 bytes: a letter is upper case where the hash of the lower-case text has a nibble of 8 or more.</summary>
    public static string Format(ReadOnlySpan<byte> address)
    {
        var text = Convert.ToHexStringLower(address);
        var nibbles = Convert.ToHexStringLower(Keccak.Hash(Encoding.ASCII.GetBytes(text)));
        var result = new StringBuilder("0x", HexDigits + 2);
        for (var i = 0; i < HexDigits; i++)
        {
            result.Append(nibbles[i] >= '8' ? char.ToUpperInvariant(text[i]) : text[i]);
        }

        return result.ToString();
    }

    /// <summary>The address of an uncompressed public key of 65 bytes: the last 20 of the hash of its coordinates.</summary>
    public static string Of(ReadOnlySpan<byte> publicKey) => Format(Keccak.Hash(publicKey[1..]).AsSpan()[^20..]);
}
