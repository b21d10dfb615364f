using System.Globalization;
using System.Numerics;
using Custody.Comparison.Curve;

namespace Custody.Comparison.Evm;

/// <summary>
/// Decodes EIP-1559 and legacy (EIP-155) transfers of native coin and of ERC-20 tokens, and refuses everything else: other
/// types, other calldata, access lists, contract creation, bytes that are bound to no chain, non-canonical bytes, malleable
/// signatures. It never throws on bad bytes.
/// </summary>
public static class EvmTransactionDecoder
{
    /// <summary>What a certificate names as the decoder; a change of what is accepted is a new version.</summary>
    public const string Version = "evm-transfer/2";

    private const byte TransactionType = 0x02;
    private const byte ShortList = 0xc0;
    private const ulong NativeGas = 21000;
    private const int AddressLength = 20;

    // EIP-155: v = 35 + 2 · chain id + parity.
    private const int ReplayProtected = 35;

    /// <summary>Decodes unsigned bytes.</summary>
    public static EvmDecoding DecodeUnsigned(ReadOnlySpan<byte> bytes)
    {
        var form = FormOf(bytes);
        var reader = Open(form, bytes);
        var transfer = form == EvmForm.Legacy ? ReadUnsignedLegacy(ref reader) : ReadTyped(ref reader);
        reader.End(form == EvmForm.Legacy ? "EIP-155's empty signature" : "the access list");
        return reader.Fault is { } fault ? Malformed(fault) : new EvmDecoding.Unsigned(transfer, Keccak.Hash(bytes));
    }

    /// <summary>Decodes signed bytes and recovers the signer.</summary>
    public static EvmDecoding DecodeSigned(ReadOnlySpan<byte> bytes) => DecodeSigned(bytes, expected: null);

    /// <summary>The same, and quicker where the signer is the expected key: that it is this one is then verified, and not found out.</summary>
    internal static EvmDecoding DecodeSigned(ReadOnlySpan<byte> bytes, VerifyingKey? expected)
    {
        var form = FormOf(bytes);
        var reader = Open(form, bytes);
        var payload = reader.Remaining;
        var transfer = form == EvmForm.Legacy ? ReadLegacy(ref reader) : ReadTyped(ref reader);
        var signedPart = payload[..reader.Position];
        var parity = form == EvmForm.Legacy ? ReadChain(ref reader, ref transfer) : ReadParity(ref reader);
        var signature = ReadSignature(ref reader, parity);
        reader.End("the signature");
        if (reader.Fault is { } fault)
        {
            return Malformed(fault);
        }

        byte[] unsigned = form == EvmForm.Legacy
            ? List([.. signedPart, .. Integer(transfer.ChainId), .. Integer(0), .. Integer(0)])
            : [TransactionType, .. List(signedPart)];
        return Signer(Keccak.Hash(unsigned), signature, expected) is { } signer
            ? new EvmDecoding.Signed(transfer, signature, unsigned, signer, $"0x{Convert.ToHexStringLower(Keccak.Hash(bytes))}")
            : Malformed("the signature belongs to no key");
    }

    private static byte[]? Signer(byte[] digest, EvmSignature signature, VerifyingKey? expected) =>
        expected?.IsRecoveredFrom(digest, signature.R, signature.S, signature.YParity) == true
            ? expected.Uncompressed
            : Secp256k1.Recover(digest, signature);

    private static EvmForm FormOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [TransactionType, ..] => EvmForm.Eip1559,
        [>= ShortList, ..] => EvmForm.Legacy,
        _ => EvmForm.Unknown,
    };

    // A reader of the list's items; its fault is already set where type or list are wrong.
    private static RlpReader Open(EvmForm form, ReadOnlySpan<byte> bytes)
    {
        if (form == EvmForm.Unknown)
        {
            return RlpReader.Faulted("the type byte is neither 02 (EIP-1559) nor a legacy list's");
        }

        var outer = new RlpReader(form == EvmForm.Eip1559 ? bytes[1..] : bytes);
        var payload = outer.List("the transaction");
        outer.End("the transaction");
        return outer.Fault is { } fault ? RlpReader.Faulted(fault) : new RlpReader(payload);
    }

    private static DecodedTransfer ReadTyped(ref RlpReader reader)
    {
        var chainId = (ulong)reader.Integer("chainId", 64);
        var nonce = (ulong)reader.Integer("nonce", 64);
        var maxPriorityFee = reader.Integer("maxPriorityFeePerGas", 256);
        var maxFee = reader.Integer("maxFeePerGas", 256);
        var transfer = ReadTransfer(ref reader, new DecodedTransfer(chainId, nonce, maxPriorityFee, maxFee, 0, "", 0));
        var accessList = reader.List("accessList");

        reader.Require(chainId != 0, "chainId is zero");
        reader.Require(maxPriorityFee <= maxFee, "maxPriorityFeePerGas is above maxFeePerGas");
        reader.Require(accessList.IsEmpty, "accessList is not empty");
        return transfer;
    }

    private static DecodedTransfer ReadLegacy(ref RlpReader reader)
    {
        var nonce = (ulong)reader.Integer("nonce", 64);
        var gasPrice = reader.Integer("gasPrice", 256);
        return ReadTransfer(ref reader, new DecodedTransfer(0, nonce, gasPrice, gasPrice, 0, "", 0, EvmForm.Legacy));
    }

    private static DecodedTransfer ReadUnsignedLegacy(ref RlpReader reader)
    {
        var transfer = ReadLegacy(ref reader);
        var chainId = (ulong)reader.Integer("chainId", 64);
        var r = reader.Integer("the empty r", 8);
        var s = reader.Integer("the empty s", 8);
        reader.Require(chainId != 0, "chainId is zero");
        reader.Require(r.IsZero && s.IsZero, "EIP-155's signature is not empty");
        return transfer with { ChainId = chainId };
    }

    // What both forms have in common: gas, recipient, value and data.
    private static DecodedTransfer ReadTransfer(ref RlpReader reader, DecodedTransfer transfer)
    {
        var gasLimit = (ulong)reader.Integer("gasLimit", 64);
        var to = reader.String("to");
        var value = reader.Integer("value", 256);
        var data = reader.String("data");

        reader.Require(transfer.Nonce != ulong.MaxValue, "nonce is beyond EIP-2681's limit");
        reader.Require(to.Length == AddressLength, "to is not an address of 20 bytes");
        return data.IsEmpty ? Native(ref reader, transfer, gasLimit, to, value) : Token(ref reader, transfer, gasLimit, to, value, data);
    }

    private static DecodedTransfer Native(ref RlpReader reader, DecodedTransfer transfer, ulong gasLimit, scoped ReadOnlySpan<byte> to, BigInteger value)
    {
        reader.Require(gasLimit == NativeGas, string.Create(CultureInfo.InvariantCulture, $"gasLimit is {gasLimit} and not {NativeGas}"));
        return transfer with { GasLimit = NativeGas, To = Address(ref reader, to), Value = value };
    }

    // How much gas a token may use is governed, and not the decoder's to say; less than a plain transfer's cannot run at all.
    private static DecodedTransfer Token(
        ref RlpReader reader, DecodedTransfer transfer, ulong gasLimit, scoped ReadOnlySpan<byte> contract, BigInteger value, scoped ReadOnlySpan<byte> data)
    {
        var fault = TransferCall.Read(data, out var recipient, out var amount);
        reader.Require(fault is null, fault ?? "");
        reader.Require(value.IsZero, "value is not zero in a token transfer");
        reader.Require(gasLimit > NativeGas, string.Create(CultureInfo.InvariantCulture, $"gasLimit is {gasLimit}, which no token transfer can run with"));
        return transfer with { GasLimit = gasLimit, To = Address(ref reader, recipient), Value = amount, Token = Address(ref reader, contract) };
    }

    private static string Address(ref RlpReader reader, scoped ReadOnlySpan<byte> address) => reader.Fault is null ? ChecksumAddress.Format(address) : "";

    private static int ReadParity(ref RlpReader reader)
    {
        var yParity = reader.Integer("yParity", 8);
        reader.Require(yParity <= 1, "yParity is neither 0 nor 1");
        return yParity.IsZero ? 0 : 1;
    }

    private static int ReadChain(ref RlpReader reader, ref DecodedTransfer transfer)
    {
        var v = reader.Integer("v", 72) - ReplayProtected;
        reader.Require(v >= 2, "v is bound to no chain (EIP-155)");
        reader.Require(v / 2 <= ulong.MaxValue, "chainId is longer than 64 bits");
        if (reader.Fault is null)
        {
            transfer = transfer with { ChainId = (ulong)(v / 2) };
        }

        return v.IsEven ? 0 : 1;
    }

    private static EvmSignature ReadSignature(ref RlpReader reader, int yParity)
    {
        var r = reader.Integer("r", 256);
        var s = reader.Integer("s", 256);
        reader.Require(!r.IsZero && r < Secp256k1.Order, "r is not between 1 and n - 1");
        reader.Require(!s.IsZero && s < Secp256k1.Order, "s is not between 1 and n - 1");
        reader.Require(s <= Secp256k1.LargestS, "s is in the upper half (EIP-2)");
        return new EvmSignature(yParity, r, s);
    }

    // A canonical transaction of ours is short or long by its value, fees and calldata, so both forms of the list's header
    // occur; it never reaches 256 bytes, because every field in it is bounded.
    private static byte[] List(ReadOnlySpan<byte> payload) => payload.Length <= 55
        ? [(byte)(ShortList + payload.Length), .. payload]
        : [0xf8, (byte)payload.Length, .. payload];

    private static byte[] Integer(ulong value)
    {
        var bytes = new BigInteger(value).ToByteArray(isUnsigned: true, isBigEndian: true);
        return value switch
        {
            0 => [0x80],
            < 0x80 => bytes,
            _ => [(byte)(0x80 + bytes.Length), .. bytes],
        };
    }

    private static EvmDecoding.Malformed Malformed(string fault) => new($"The bytes are not a transfer that we send: {fault}.");
}
