using Custody.Core.Transactions;

namespace Custody.Comparison.Bitcoin;

/// <summary>The outcome of decoding unsigned bytes together with the coins that they spend.</summary>
public abstract record BitcoinUnsignedReading
{
    private BitcoinUnsignedReading()
    {
    }

    /// <summary>The bytes are one well-formed spend of coins that are proved to be the vault's.</summary>
    /// <param name="Facts">What it does; its payments are those to others, and its slots the outpoints in order.</param>
    /// <param name="Change">What comes back to the vault's own script; null when nothing does.</param>
    /// <param name="Sighashes">The 32-byte digest that each input's signature must cover, in order.</param>
    public sealed record Decoded(TransactionFacts Facts, BitcoinOutput? Change, IReadOnlyList<byte[]> Sighashes) : BitcoinUnsignedReading;

    /// <summary>They are not.</summary>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Malformed(string Reason) : BitcoinUnsignedReading;
}
