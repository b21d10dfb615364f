using System.Numerics;

namespace Custody.Chains.Bitcoin;

/// <summary>The outcome of coin selection.</summary>
public abstract record CoinSelection
{
    private CoinSelection()
    {
    }

    /// <summary>Coins that pay for everything.</summary>
    /// <param name="Coins">What is spent, largest first.</param>
    /// <param name="Change">What comes home, base units; zero when there is no change output.</param>
    /// <param name="Fee">What the transaction pays, base units: coins less payments and change.</param>
    public sealed record Selected(IReadOnlyList<Coin> Coins, BigInteger Change, BigInteger Fee) : CoinSelection;

    /// <summary>The coins that may be spent do not pay for it, within the cap on inputs.</summary>
    /// <param name="Missing">At least how much is missing, base units.</param>
    public sealed record Insufficient(BigInteger Missing) : CoinSelection;

    /// <summary>They would, with a fee beyond what was approved.</summary>
    /// <param name="Needed">The fee, base units.</param>
    /// <param name="Allowed">The most that it may be.</param>
    public sealed record AboveEnvelope(BigInteger Needed, BigInteger Allowed) : CoinSelection;

    /// <summary>A payment that nodes would not relay: dust, or no money at all.</summary>
    /// <param name="Reason">One sentence for a person.</param>
    public sealed record Unpayable(string Reason) : CoinSelection;
}
