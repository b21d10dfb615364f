using System.Numerics;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// Signatures in DER as BIP-66 demands them: <c>30 length 02 length r 02 length s</c>, each number in its shortest form and
/// not negative. In a witness one byte of hash type follows.
/// </summary>
public static class DerSignature
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const int Shortest = 8;
    private const int Longest = 72;
    private const int LongestNumber = 33;

    /// <summary>Encodes a signature with positive numbers of at most 32 bytes.</summary>
    public static byte[] Encode(EcdsaSignature signature)
    {
        var (r, s) = (Number(signature.R), Number(signature.S));
        return [Sequence, (byte)(4 + r.Length + s.Length), Integer, (byte)r.Length, .. r, Integer, (byte)s.Length, .. s];
    }

    /// <summary>Encodes it with its hash type behind it, as a witness carries it.</summary>
    public static byte[] Encode(EcdsaSignature signature, uint hashType) => [.. Encode(signature), (byte)hashType];

    /// <summary>Decodes; null for everything that BIP-66 does not allow.</summary>
    public static EcdsaSignature? Decode(ReadOnlySpan<byte> der)
    {
        if (der.Length is < Shortest or > Longest || der[0] != Sequence || der[1] != der.Length - 2)
        {
            return null;
        }

        var rest = der[2..];
        return TryNumber(ref rest, out var r) && TryNumber(ref rest, out var s) && rest.IsEmpty ? new EcdsaSignature(r, s) : null;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> rest, out BigInteger number)
    {
        number = default;
        if (rest.Length < 3 || rest[0] != Integer || rest[1] is 0 or > LongestNumber || rest[1] > rest.Length - 2)
        {
            return false;
        }

        var content = rest.Slice(2, rest[1]);
        rest = rest[(2 + content.Length)..];

        // Negative, or a leading zero that is not there to keep it from being negative.
        if (content[0] >= 0x80 || content is [0, < 0x80, ..])
        {
            return false;
        }

        number = new BigInteger(content, isUnsigned: true, isBigEndian: true);
        return true;
    }

    private static byte[] Number(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.GetBitLength(), 256);
        return value.ToByteArray(isUnsigned: false, isBigEndian: true);
    }
}
