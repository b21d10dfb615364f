using System.Numerics;
using System.Security.Cryptography;
using Custody.Chains.Evm;
using Custody.Comparison.Evm;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Vaults.Ecdsa;

namespace Custody.Functions.Composition;

/// <summary>What the self-tests try: each as the gate, the builder and the comparison use it.</summary>
public sealed record SelfTestSubjects
{
    /// <summary>Ethereum's digest.</summary>
    public Func<byte[], byte[]> Keccak { get; init; } = data => Keccak256.Hash(data);

    /// <summary>The digest of documents and journals.</summary>
    public Func<byte[], byte[]> Sha256 { get; init; } = SHA256.HashData;

    /// <summary>RLP of a byte string.</summary>
    public Func<byte[], byte[]> RlpBytes { get; init; } = data => Rlp.Bytes(data);

    /// <summary>RLP of an integer.</summary>
    public Func<BigInteger, byte[]> RlpInteger { get; init; } = Rlp.Integer;

    /// <summary>RLP of a list of encoded items.</summary>
    public Func<byte[][], byte[]> RlpList { get; init; } = items => Rlp.List(items);

    /// <summary>A transfer's unsigned bytes.</summary>
    public Func<EvmTransfer, byte[]> Build { get; init; } = UnsignedTransaction.Encode;

    /// <summary>A token transfer's unsigned bytes.</summary>
    public Func<EvmTokenTransfer, byte[]> BuildToken { get; init; } = UnsignedTransaction.Encode;

    /// <summary>Signed bytes and their hash: unsigned bytes, signature, parity.</summary>
    public Func<byte[], byte[], int, (byte[] Bytes, string TxId)> Assemble { get; init; } = (unsigned, signature, yParity) =>
        SignedTransaction.Assemble(unsigned, signature.AsSpan(0, 32), signature.AsSpan(32), yParity) is var made ? (made.Bytes.ToArray(), made.TxId) : default;

    /// <summary>A public key's address, as text with its checksum.</summary>
    public Func<byte[], string> Address { get; init; } = key => EvmAddress.FromPublicKey(key).ToString();

    /// <summary>The digest that a signature of unsigned bytes covers.</summary>
    public Func<byte[], byte[]> Sighash { get; init; } = unsigned => UnsignedTransaction.Sighash(unsigned);

    /// <summary>A signature with its lower s.</summary>
    public Func<byte[], byte[]?> NormalizeLowS { get; init; } = signature => Secp256k1Signature.NormalizeLowS(signature);

    /// <summary>Whether a signature is a public key's over a digest: key, digest, signature.</summary>
    public Func<byte[], byte[], byte[], bool> Verify { get; init; } = (key, digest, signature) => Secp256k1Signature.Verify(key, digest, signature);

    /// <summary>The gate's reading of unsigned bytes.</summary>
    public Func<byte[], EvmDecoding> ParseUnsigned { get; init; } = bytes => EvmTransactionDecoder.DecodeUnsigned(bytes);

    /// <summary>The gate's reading of a token transfer's unsigned bytes.</summary>
    public Func<byte[], EvmDecoding> ParseToken { get; init; } = bytes => EvmTransactionDecoder.DecodeUnsigned(bytes);

    /// <summary>The comparison's reading of signed bytes.</summary>
    public Func<byte[], EvmDecoding> ParseSigned { get; init; } = bytes => EvmTransactionDecoder.DecodeSigned(bytes);
}
