namespace Custody.Core.Assets;

/// <summary>The checksummed base 32 of Bitcoin's native segregated-witness addresses: Bech32 (BIP-173) and Bech32m (BIP-350).</summary>
public static class Bech32
{
    private const string Charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;
    private const int MaxLength = 90;
    private const uint Bech32Constant = 1;
    private const uint Bech32mConstant = 0x2bc830a3;

    private static readonly uint[] Generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>Decodes a text into its lower-case human-readable part and its data, groups of five bits, without the checksum.</summary>
    public static Bech32Decoding Decode(string text)
    {
        var separator = text.LastIndexOf('1');
        if (text.Length > MaxLength || separator < 1 || separator + 1 + ChecksumLength > text.Length || text.Any(c => c is < '!' or > '~')
            || (text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper)))
        {
            return default;
        }

        var lower = text.ToLowerInvariant();
        var prefix = lower[..separator];
        var data = new byte[lower.Length - separator - 1];
        for (var i = 0; i < data.Length; i++)
        {
            var value = Charset.IndexOf(lower[separator + 1 + i], StringComparison.Ordinal);
            if (value < 0)
            {
                return default;
            }

            data[i] = (byte)value;
        }

        return Polymod(prefix, data) switch
        {
            Bech32Constant => new Bech32Decoding(Bech32Variant.Bech32, prefix, data[..^ChecksumLength]),
            Bech32mConstant => new Bech32Decoding(Bech32Variant.Bech32m, prefix, data[..^ChecksumLength]),
            _ => new Bech32Decoding(Bech32Variant.BadChecksum, prefix, []),
        };
    }

    /// <summary>Groups of five bits as bytes; null when more than four bits are left over or one of them is set (BIP-173).</summary>
    public static byte[]? ToBytes(ReadOnlySpan<byte> groups)
    {
        var (buffer, bits) = (0, 0);
        var bytes = new List<byte>();
        foreach (var group in groups)
        {
            buffer = ((buffer << 5) | group) & 0xfff;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return bits >= 5 || (buffer & ((1 << bits) - 1)) != 0 ? null : [.. bytes];
    }

    private static uint Polymod(string prefix, ReadOnlySpan<byte> data)
    {
        var checksum = 1u;
        foreach (var c in prefix)
        {
            checksum = Step(checksum, (uint)c >> 5);
        }

        checksum = Step(checksum, 0);
        foreach (var c in prefix)
        {
            checksum = Step(checksum, c & 31u);
        }

        foreach (var value in data)
        {
            checksum = Step(checksum, value);
        }

        return checksum;
    }

    private static uint Step(uint checksum, uint value)
    {
        var top = checksum >> 25;
        checksum = ((checksum & 0x1ffffff) << 5) ^ value;
        for (var i = 0; i < Generator.Length; i++)
        {
            checksum ^= ((top >> i) & 1) == 1 ? Generator[i] : 0;
        }

        return checksum;
    }
}
