namespace Custody.Core.Transactions;

/// <summary>The outcome of decoding unsigned transaction bytes.</summary>
public abstract record UnsignedReading
{
    private UnsignedReading()
    {
    }

    /// <summary>The bytes are one well-formed, canonical transaction of a kind that we send.</summary>
    /// <param name="Facts">What it does.</param>
    /// <param name="Sighash">The 32-byte digest that a signature must cover, computed from the bytes.</param>
    public sealed record Decoded(TransactionFacts Facts, byte[] Sighash) : UnsignedReading;

    /// <summary>They are not.</summary>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Malformed(string Reason) : UnsignedReading;
}
