namespace Custody.Chains.Bitcoin;

/// <summary>
/// A request in thousandths of a satoshi, in which a rate per 1000 bytes has no fractions: what is to be reached by effective
/// values (amount less the fee of its own input), with and without change.
/// </summary>
internal sealed class CoinTarget
{
    public const long Thousand = 1000;

    public CoinTarget(CoinRequest request)
    {
        Request = request;
        Rate = request.Rate.PerThousand;
        Paid = request.Payments.Aggregate(0L, (sum, p) => checked(sum + p.Amount));
        OutputBytes = request.Payments.Sum(p => p.Size);

        // The bytes beside the inputs, whose number is taken at its longest; one whole byte more than may be needed.
        Base = ((Int128)Paid * Thousand) + ((Int128)Rate * SizeBeside(request.Payments.Count, OutputBytes));
        WithChange = ((Int128)Paid * Thousand) + ((Int128)Rate * SizeBeside(request.Payments.Count + 1, OutputBytes + SpendSize.ChangeOutput));
        ChangeFloor = Math.Max(Satoshi.Of(request.ChangeFloor), DustLimit.Change);
        Tolerance = (WithChange - Base) + ((Int128)Rate * SpendSize.Input);
    }

    public CoinRequest Request { get; }

    public long Rate { get; }

    public long Paid { get; }

    public int OutputBytes { get; }

    /// <summary>What effective values must reach without a change output.</summary>
    public Int128 Base { get; }

    /// <summary>What they must reach with one that holds nothing.</summary>
    public Int128 WithChange { get; }

    public long ChangeFloor { get; }

    /// <summary>What making change and spending it later costs: an excess up to this is better left to the fee.</summary>
    public Int128 Tolerance { get; }

    public Int128 EffectiveOf(Coin coin) => ((Int128)coin.Amount * Thousand) - ((Int128)Rate * SpendSize.Input);

    /// <summary>The finished selection, or why its fee is not allowed.</summary>
    public CoinSelection Finish(IReadOnlyList<Coin> coins, long change)
    {
        if (coins.DistinctBy(c => c.Outpoint).Count() != coins.Count)
        {
            throw new ArgumentException("A coin is listed twice.", nameof(coins));
        }

        var fee = coins.Aggregate(0L, (sum, c) => checked(sum + c.Amount)) - Paid - change;
        var size = change == 0
            ? SpendSize.Of(coins.Count, Request.Payments.Count, OutputBytes)
            : SpendSize.Of(coins.Count, Request.Payments.Count + 1, OutputBytes + SpendSize.ChangeOutput);
        return FeeLimit.Allows(Request.Envelopes, fee, size)
            ? new CoinSelection.Selected(coins, change, fee)
            : new CoinSelection.AboveEnvelope(fee, FeeLimit.Of(Request.Envelopes, size));
    }

    private int SizeBeside(int outputs, int outputBytes) => SpendSize.Of(Request.MaxInputs, outputs, outputBytes) - (SpendSize.Input * Request.MaxInputs);
}
