namespace Custody.Chains.Bitcoin;

/// <summary>
/// Takes the largest coins until they pay for everything: without change where the excess is not worth any, and otherwise
/// with change of at least the floor, for which one more coin is taken where that helps. Change is never dust.
/// </summary>
internal static class LargestFirst
{
    /// <summary>How many of the largest, and the change (zero for none); null when even the most that may be taken are not enough.</summary>
    /// <param name="values">Effective values, falling, all positive.</param>
    /// <param name="target">What is to be reached.</param>
    public static (int Count, long Change)? Take(ReadOnlySpan<long> values, CoinTarget target)
    {
        (int Count, long Change)? fallback = null;
        var sum = Int128.Zero;
        for (var i = 0; i < Math.Min(values.Length, target.Request.MaxInputs); i++)
        {
            sum += values[i];
            var excess = sum - target.Base;
            var change = (sum - target.WithChange) / CoinTarget.Thousand;
            if (excess >= 0 && excess <= target.Tolerance)
            {
                return (i + 1, 0);
            }

            if (change >= target.ChangeFloor)
            {
                return (i + 1, (long)change);
            }

            // Below the floor is better than nothing; and what is too little for any output at all is left to the fee.
            if (excess >= 0 && (fallback is null || (fallback.Value.Change == 0 && change >= DustLimit.Change)))
            {
                fallback = (i + 1, change >= DustLimit.Change ? (long)change : 0);
            }
        }

        return fallback;
    }
}
