namespace Custody.Core.Assets;

/// <summary>A Bitcoin address: base58check, Bech32 (BIP-173) or Bech32m (BIP-350).</summary>
/// <param name="Networks">The networks on which it is one.</param>
/// <param name="Kind">What it pays to.</param>
/// <param name="Program">The hash, or the witness program.</param>
/// <param name="Text">The canonical text: lower case for Bech32.</param>
public sealed record BitcoinAddress(BitcoinNetwork Networks, BitcoinAddressKind Kind, ReadOnlyMemory<byte> Program, string Text)
{
    private const int HashLength = 20;
    private const BitcoinNetwork TestOrRegtest = BitcoinNetwork.Test | BitcoinNetwork.Regtest;

    /// <summary>Reads a text.</summary>
    public static BitcoinAddressReading Read(string text)
    {
        var decoding = Bech32.Decode(text);
        if (NetworkOf(decoding.Prefix) is not BitcoinNetwork.None and var network)
        {
            return ReadWitness(decoding, network, text);
        }

        return !Base58Check.TryDecode(text, out var payload) ? new BitcoinAddressReading.Malformed()
            : payload is null ? new BitcoinAddressReading.BadChecksum()
            : ReadLegacy(payload, text);
    }

    private static BitcoinAddressReading ReadLegacy(byte[] payload, string text)
    {
        var (networks, kind) = payload[0] switch
        {
            0x00 => (BitcoinNetwork.Main, BitcoinAddressKind.PublicKeyHash),
            0x05 => (BitcoinNetwork.Main, BitcoinAddressKind.ScriptHash),
            0x6f => (TestOrRegtest, BitcoinAddressKind.PublicKeyHash),
            0xc4 => (TestOrRegtest, BitcoinAddressKind.ScriptHash),
            _ => (BitcoinNetwork.None, BitcoinAddressKind.Unknown),
        };
        return networks == BitcoinNetwork.None || payload.Length != 1 + HashLength
            ? new BitcoinAddressReading.Malformed()
            : new BitcoinAddressReading.Read(new BitcoinAddress(networks, kind, payload.AsMemory(1), text));
    }

    private static BitcoinAddressReading ReadWitness(Bech32Decoding decoding, BitcoinNetwork network, string text)
    {
        if (decoding.Variant == Bech32Variant.BadChecksum)
        {
            return new BitcoinAddressReading.BadChecksum();
        }

        if (decoding.Data is not [var version and <= 16, .. var groups] || Bech32.ToBytes(groups) is not { Length: >= 2 and <= 40 } program
            || (version == 0 && program.Length is not (20 or 32)))
        {
            return new BitcoinAddressReading.Malformed();
        }

        // BIP-350: version 0 has the one checksum and all later ones the other; the wrong one of two is a wrong checksum.
        if (decoding.Variant != (version == 0 ? Bech32Variant.Bech32 : Bech32Variant.Bech32m))
        {
            return new BitcoinAddressReading.BadChecksum();
        }

        var kind = (version, program.Length) switch
        {
            (0, 20) => BitcoinAddressKind.WitnessPublicKeyHash,
            (0, _) => BitcoinAddressKind.WitnessScriptHash,
            (1, 32) => BitcoinAddressKind.Taproot,
            _ => BitcoinAddressKind.FutureWitness,
        };
        return new BitcoinAddressReading.Read(new BitcoinAddress(network, kind, program, text.ToLowerInvariant()));
    }

    private static BitcoinNetwork NetworkOf(string? prefix) => prefix switch
    {
        "bc" => BitcoinNetwork.Main,
        "tb" => BitcoinNetwork.Test,
        "bcrt" => BitcoinNetwork.Regtest,
        _ => BitcoinNetwork.None,
    };
}
