namespace Custody.Chains.Evm;

/// <summary>
/// Rule: a block that a majority shows in the same form is there. Where fewer have it and none shows another one, it is not
/// there yet: whoever has it may be ahead, and whoever has it not may be behind, so neither is odd. Two different ones without a
/// majority say nothing.
/// </summary>
internal static class PresenceRule
{
    public static QuorumDecision<T?> Decide<T>(IReadOnlyList<ProviderAnswer<T?>> answers, int needed, Func<T, string> key)
        where T : class
    {
        var shown = answers.Where(a => a is { IsAnswer: true, Value: not null }).ToList();
        if (EqualAnswerRule.Decide(shown, needed, value => key(value!)) is QuorumDecision<T?>.Agreed agreed)
        {
            return agreed;
        }

        var without = answers.Where(a => a is { IsAnswer: true, Value: null }).Select(a => a.Provider).ToList();
        var different = shown.Select(a => key(a.Value!)).Distinct(StringComparer.Ordinal).Count();
        return without.Count >= needed || (different <= 1 && shown.Count + without.Count >= needed)
            ? new QuorumDecision<T?>.Agreed(null, without, [])
            : new QuorumDecision<T?>.Missing(EqualAnswerRule.Reason(answers, different + (without.Count > 0 ? 1 : 0), needed));
    }
}
