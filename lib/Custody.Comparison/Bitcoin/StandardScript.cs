using Custody.Core.Assets;

namespace Custody.Comparison.Bitcoin;

/// <summary>The locking scripts of addresses, as the comparison derives them itself.</summary>
internal static class StandardScript
{
    /// <summary>The script that pays an address; null for a kind that is not paid.</summary>
    public static byte[]? Paying(BitcoinAddress address)
    {
        var program = Convert.ToHexStringLower(address.Program.Span);
        var script = address.Kind switch
        {
            BitcoinAddressKind.PublicKeyHash => $"76a914{program}88ac",
            BitcoinAddressKind.ScriptHash => $"a914{program}87",
            BitcoinAddressKind.WitnessPublicKeyHash => $"0014{program}",
            BitcoinAddressKind.WitnessScriptHash => $"0020{program}",
            BitcoinAddressKind.Taproot => $"5120{program}",
            _ => null,
        };
        return script is null ? null : Convert.FromHexString(script);
    }

    /// <summary>The address that a script pays on a network, as text; null when it is none of those that are paid.</summary>
    public static string? AddressOf(ReadOnlySpan<byte> script, BitcoinNetwork network)
    {
        var (kind, from, length) = script switch
        {
            [0x76, 0xa9, 0x14, .., 0x88, 0xac] when script.Length == 25 => (BitcoinAddressKind.PublicKeyHash, 3, 20),
            [0xa9, 0x14, .., 0x87] when script.Length == 23 => (BitcoinAddressKind.ScriptHash, 2, 20),
            [0x00, 0x14, ..] when script.Length == 22 => (BitcoinAddressKind.WitnessPublicKeyHash, 2, 20),
            [0x00, 0x20, ..] when script.Length == 34 => (BitcoinAddressKind.WitnessScriptHash, 2, 32),
            [0x51, 0x20, ..] when script.Length == 34 => (BitcoinAddressKind.Taproot, 2, 32),
            _ => (BitcoinAddressKind.Unknown, 0, 0),
        };
        return kind == BitcoinAddressKind.Unknown ? null : BitcoinAddress.Of(kind, script.Slice(from, length), network).Text;
    }
}
