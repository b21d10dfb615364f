namespace Custody.Comparison.Evm;

/// <summary>The outcome of decoding transaction bytes.</summary>
public abstract record EvmDecoding
{
    private EvmDecoding()
    {
    }

    /// <summary>Canonical bytes that nobody has signed.</summary>
    /// <param name="Transfer">What they say.</param>
    /// <param name="Sighash">The 32-byte digest that a signature must cover.</param>
    public sealed record Unsigned(DecodedTransfer Transfer, byte[] Sighash) : EvmDecoding;

    /// <summary>Canonical bytes with a signature that recovers to a key.</summary>
    /// <param name="Transfer">What they say.</param>
    /// <param name="Signature">The signature.</param>
    /// <param name="UnsignedBytes">The bytes without it, as they must have been signed.</param>
    /// <param name="Signer">The signer's public key, recovered: uncompressed, 65 bytes.</param>
    /// <param name="TxId">The transaction's hash: <c>0x</c> and 64 lower-case hex digits.</param>
    public sealed record Signed(DecodedTransfer Transfer, EvmSignature Signature, byte[] UnsignedBytes, byte[] Signer, string TxId) : EvmDecoding;

    /// <summary>Anything else.</summary>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Malformed(string Reason) : EvmDecoding;
}
