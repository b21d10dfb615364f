using System.Numerics;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// Chooses what to spend, as a function of the coins and the request alone; the order of the coins does not matter. An exact
/// match without change is looked for first, then the largest coins are taken.
/// </summary>
public static class CoinSelector
{
    // Of 272 weight units each, with room for outputs in the 400,000 that nodes relay.
    private const int MostInputs = 1_000;

    /// <summary>Selects among coins that are not reserved. A coin that is listed twice is a bug of the caller, and throws when it is chosen.</summary>
    public static CoinSelection Select(IReadOnlyList<Coin> coins, CoinRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxInputs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.MaxInputs, MostInputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Rate, FeeRate.LeastRelayed);
        if (Unpayable(request) is { } reason)
        {
            return new CoinSelection.Unpayable(reason);
        }

        var target = new CoinTarget(request);
        var (values, sorted) = Sort(coins, target);
        if (BranchAndBound.Search(values, target.Base, target.Tolerance, request.MaxInputs) is { } exact
            && target.Finish([.. exact.Select(i => sorted[i])], change: 0) is CoinSelection.Selected match)
        {
            return match;
        }

        if (LargestFirst.Take(values, target) is { } taken)
        {
            return target.Finish(sorted[..taken.Count], taken.Change);
        }

        var most = values.Take(request.MaxInputs).Aggregate(Int128.Zero, (sum, v) => sum + v);
        return new CoinSelection.Insufficient((BigInteger)((target.Base - most + CoinTarget.Thousand - 1) / CoinTarget.Thousand));
    }

    private static string? Unpayable(CoinRequest request) =>
        request.Payments.Count == 0 ? "Nothing is to be paid."
        : request.Payments.Any(p => !Satoshi.IsMoney(p.Amount)) ? "A payment is more than there can be."
        : request.Payments.Any(p => p.Amount < DustLimit.Of(p.Script)) ? "A payment is dust, which nodes do not relay."
        : null;

    // Falling by value, and by outpoint among equals. A coin that costs more than it brings is left out.
    private static (long[] Values, Coin[] Coins) Sort(IReadOnlyList<Coin> coins, CoinTarget target)
    {
        var usable = new List<(long Value, Coin Coin)>(coins.Count);
        foreach (var coin in coins)
        {
            if ((coin.IsConfirmed || target.Request.SpendsUnconfirmed) && Satoshi.IsMoney(coin.Amount) && target.EffectiveOf(coin) is var value && value > 0)
            {
                usable.Add(((long)value, coin));
            }
        }

        var keys = new long[usable.Count];
        var sorted = new Coin[usable.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            (keys[i], sorted[i]) = (-usable[i].Value, usable[i].Coin);
        }

        Array.Sort(keys, sorted);
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Array.Sort(sorted, start, end - start, Comparer<Coin>.Create((a, b) => a.Outpoint.CompareTo(b.Outpoint)));
            }

            start = end;
        }

        foreach (ref var key in keys.AsSpan())
        {
            key = -key;
        }

        return (keys, sorted);
    }
}
