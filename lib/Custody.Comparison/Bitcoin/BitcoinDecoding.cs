namespace Custody.Comparison.Bitcoin;

/// <summary>The outcome of decoding transaction bytes.</summary>
public abstract record BitcoinDecoding
{
    private BitcoinDecoding()
    {
    }

    /// <summary>Bytes that nobody has signed.</summary>
    /// <param name="Spend">What they say.</param>
    public sealed record Unsigned(BitcoinSpend Spend) : BitcoinDecoding;

    /// <summary>Bytes with a signature for each input; whether they verify depends on what the inputs spend.</summary>
    /// <param name="Spend">What they say.</param>
    /// <param name="Signatures">The signature of each input.</param>
    /// <param name="UnsignedBytes">The bytes without marker, flag and witnesses.</param>
    /// <param name="TxId">The transaction's id: 64 lower-case hex digits.</param>
    public sealed record Signed(BitcoinSpend Spend, IReadOnlyList<BitcoinSignature> Signatures, byte[] UnsignedBytes, string TxId) : BitcoinDecoding;

    /// <summary>Anything else.</summary>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Malformed(string Reason) : BitcoinDecoding;
}
