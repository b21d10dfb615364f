using Custody.Core.Assets;

namespace Custody.Chains.Bitcoin;

/// <summary>Makes locking scripts, from addresses and keys, and addresses from them.</summary>
public static class LockingScript
{
    private const int CompressedKeyLength = 33;
    private const int HashLength = 20;

    /// <summary>The script of an address of one of the standard kinds; null for a witness version that has no rules yet.</summary>
    public static byte[]? Of(BitcoinAddress address) => address.Kind switch
    {
        BitcoinAddressKind.PublicKeyHash => PublicKeyHash(address.Program.Span),
        BitcoinAddressKind.ScriptHash => [Opcode.Hash160, HashLength, .. address.Program.Span, Opcode.Equal],
        BitcoinAddressKind.WitnessPublicKeyHash or BitcoinAddressKind.WitnessScriptHash => Witness(Opcode.Zero, address.Program.Span),
        BitcoinAddressKind.Taproot => Witness(Opcode.One, address.Program.Span),
        _ => null,
    };

    /// <summary>The P2WPKH script of a compressed public key; an uncompressed one could never be spent (BIP-143).</summary>
    public static byte[] WitnessPublicKeyHash(ReadOnlySpan<byte> compressed) => compressed.Length == CompressedKeyLength && compressed[0] is 2 or 3
        ? Witness(Opcode.Zero, Hashes.Hash160(compressed))
        : throw new ArgumentException("A compressed public key has 33 bytes and starts with 02 or 03.", nameof(compressed));

    /// <summary>The P2PKH script of a key's hash; BIP-143's script code of a P2WPKH output is this script of its program.</summary>
    public static byte[] PublicKeyHash(ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, HashLength);
        return [Opcode.Dup, Opcode.Hash160, HashLength, .. hash, Opcode.EqualVerify, Opcode.CheckSig];
    }

    /// <summary>The address of a script on a network; null for a script that has none.</summary>
    public static BitcoinAddress? AddressOf(ReadOnlyMemory<byte> script, BitcoinNetwork network)
    {
        var form = ScriptForm.Of(script);
        var kind = form.Kind switch
        {
            ScriptKind.PublicKeyHash => BitcoinAddressKind.PublicKeyHash,
            ScriptKind.ScriptHash => BitcoinAddressKind.ScriptHash,
            ScriptKind.WitnessPublicKeyHash => BitcoinAddressKind.WitnessPublicKeyHash,
            ScriptKind.WitnessScriptHash => BitcoinAddressKind.WitnessScriptHash,
            ScriptKind.Taproot => BitcoinAddressKind.Taproot,
            _ => BitcoinAddressKind.Unknown,
        };
        return kind == BitcoinAddressKind.Unknown ? null : BitcoinAddress.Of(kind, form.Program.Span, network);
    }

    private static byte[] Witness(byte version, ReadOnlySpan<byte> program) => [version, (byte)program.Length, .. program];
}
