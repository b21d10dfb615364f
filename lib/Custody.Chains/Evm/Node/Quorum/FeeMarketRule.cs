using System.Numerics;

namespace Custody.Chains.Evm;

/// <summary>
/// Rule for the price of gas, which each provider sees a little differently: the median of those that a majority gave. Of an even
/// number it is the higher base fee, since the chain charges its own and the rest of the maximum is never paid, and the lower
/// tips, since a tip is paid as it is. Whatever it is, <see cref="FeePlanner"/> keeps it within the approved envelope.
/// </summary>
internal static class FeeMarketRule
{
    public static QuorumDecision<FeeMarket> Decide(IReadOnlyList<ProviderAnswer<FeeMarket>> answers, int needed)
    {
        var said = answers.Where(a => a.IsAnswer).ToList();
        if (said.Count < needed)
        {
            return new QuorumDecision<FeeMarket>.Missing(EqualAnswerRule.Reason(answers, said.Count, needed));
        }

        var market = new FeeMarket(
            Higher([.. said.Select(a => a.Value.NextBaseFee)]),
            Lower([.. said.Select(a => a.Value.SuggestedPriorityFee)]),
            Tips([.. said.Select(a => a.Value.RecentPriorityFees)]));
        return new QuorumDecision<FeeMarket>.Agreed(market, [.. said.Select(a => a.Provider)], []);
    }

    // By block, counted from the newest; a provider that shows no tips says nothing about them.
    private static List<BigInteger> Tips(List<IReadOnlyList<BigInteger>> shown)
    {
        var some = shown.Where(s => s.Count > 0).ToList();
        var length = some.Select(s => s.Count).DefaultIfEmpty(0).Min();
        return [.. Enumerable.Range(0, length).Select(i => Lower([.. some.Select(s => s[s.Count - length + i])]))];
    }

    private static BigInteger Higher(List<BigInteger> values) => values.Order().ElementAt(values.Count / 2);

    private static BigInteger Lower(List<BigInteger> values) => values.Order().ElementAt((values.Count - 1) / 2);
}
