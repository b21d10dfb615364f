using System.Globalization;

namespace Custody.Comparison.Evm;

/// <summary>
/// Decodes EIP-1559 transfers of native coin, and refuses everything else: other types, calldata, access lists, contract
/// creation, non-canonical bytes, malleable signatures. It never throws on bad bytes.
/// </summary>
public static class EvmTransactionDecoder
{
    /// <summary>What a certificate names as the decoder; a change of what is accepted is a new version.</summary>
    public const string Version = "evm-eip1559-native/1";

    private const byte TransactionType = 0x02;
    private const ulong NativeGas = 21000;
    private const int AddressLength = 20;

    /// <summary>Decodes unsigned bytes.</summary>
    public static EvmDecoding DecodeUnsigned(ReadOnlySpan<byte> bytes)
    {
        var reader = Open(bytes);
        var transfer = ReadTransfer(ref reader);
        reader.End("the access list");
        return reader.Fault is { } fault ? Malformed(fault) : new EvmDecoding.Unsigned(transfer, Keccak.Hash(bytes));
    }

    /// <summary>Decodes signed bytes and recovers the signer.</summary>
    public static EvmDecoding DecodeSigned(ReadOnlySpan<byte> bytes)
    {
        var reader = Open(bytes);
        var payload = reader.Remaining;
        var transfer = ReadTransfer(ref reader);
        var signedPart = payload[..reader.Position];
        var signature = ReadSignature(ref reader);
        reader.End("the signature");
        if (reader.Fault is { } fault)
        {
            return Malformed(fault);
        }

        var unsigned = Unsigned(signedPart);
        return Secp256k1.Recover(Keccak.Hash(unsigned), signature) is { } signer
            ? new EvmDecoding.Signed(transfer, signature, unsigned, signer, $"0x{Convert.ToHexStringLower(Keccak.Hash(bytes))}")
            : Malformed("the signature belongs to no key");
    }

    // A reader of the list's items; its fault is already set where type or list are wrong.
    private static RlpReader Open(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [TransactionType, ..])
        {
            return RlpReader.Faulted("the type byte is not 02 (EIP-1559)");
        }

        var outer = new RlpReader(bytes[1..]);
        var payload = outer.List("the transaction");
        outer.End("the transaction");
        return outer.Fault is { } fault ? RlpReader.Faulted(fault) : new RlpReader(payload);
    }

    private static EvmNativeTransfer ReadTransfer(ref RlpReader reader)
    {
        var chainId = (ulong)reader.Integer("chainId", 64);
        var nonce = (ulong)reader.Integer("nonce", 64);
        var maxPriorityFee = reader.Integer("maxPriorityFeePerGas", 256);
        var maxFee = reader.Integer("maxFeePerGas", 256);
        var gasLimit = reader.Integer("gasLimit", 64);
        var to = reader.String("to");
        var value = reader.Integer("value", 256);
        var data = reader.String("data");
        var accessList = reader.List("accessList");

        reader.Require(chainId != 0, "chainId is zero");
        reader.Require(nonce != ulong.MaxValue, "nonce is beyond EIP-2681's limit");
        reader.Require(maxPriorityFee <= maxFee, "maxPriorityFeePerGas is above maxFeePerGas");
        reader.Require(gasLimit == NativeGas, string.Create(CultureInfo.InvariantCulture, $"gasLimit is {gasLimit} and not {NativeGas}"));
        reader.Require(to.Length == AddressLength, "to is not an address of 20 bytes");
        reader.Require(data.IsEmpty, "data is not empty");
        reader.Require(accessList.IsEmpty, "accessList is not empty");
        return new EvmNativeTransfer(
            chainId, nonce, maxPriorityFee, maxFee, NativeGas, reader.Fault is null ? ChecksumAddress.Format(to) : "", value);
    }

    private static EvmSignature ReadSignature(ref RlpReader reader)
    {
        var yParity = reader.Integer("yParity", 8);
        var r = reader.Integer("r", 256);
        var s = reader.Integer("s", 256);
        reader.Require(yParity <= 1, "yParity is neither 0 nor 1");
        reader.Require(!r.IsZero && r < Secp256k1.Order, "r is not between 1 and n - 1");
        reader.Require(!s.IsZero && s < Secp256k1.Order, "s is not between 1 and n - 1");
        reader.Require(s <= Secp256k1.LargestS, "s is in the upper half (EIP-2)");
        return new EvmSignature((int)yParity, r, s);
    }

    // The signed part of a canonical transaction is longer than 55 bytes only with a large value or fees, so both forms of
    // the list's header occur; it never reaches 256 bytes, because every field in it is bounded.
    private static byte[] Unsigned(ReadOnlySpan<byte> signedPart) => signedPart.Length <= 55
        ? [TransactionType, (byte)(0xc0 + signedPart.Length), .. signedPart]
        : [TransactionType, 0xf8, (byte)signedPart.Length, .. signedPart];

    private static EvmDecoding.Malformed Malformed(string fault) => new($"The bytes are not a native EIP-1559 transfer: {fault}.");
}
