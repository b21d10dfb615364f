namespace Custody.Chains.Evm;

/// <summary>
/// Rule for an estimate of gas, which node software makes each in its own way: the median of those that a majority gave, of two
/// the higher. Too little gas reverts and costs the fee; too much costs nothing that is not used, and the governed ceiling bounds
/// it. That a call would revert counts when a majority says so.
/// </summary>
internal static class GasRule
{
    public static QuorumDecision<ulong?> Decide(IReadOnlyList<ProviderAnswer<ulong?>> answers, int needed)
    {
        var said = answers.Where(a => a is { IsAnswer: true, Value: not null }).OrderBy(a => a.Value).ToList();
        var reverts = answers.Where(a => a is { IsAnswer: true, Value: null }).ToList();
        return said.Count >= needed ? Agreed(said[said.Count / 2].Value, said)
            : reverts.Count >= needed ? Agreed(null, reverts)
            : new QuorumDecision<ulong?>.Missing(EqualAnswerRule.Reason(answers, said.Count + Math.Min(reverts.Count, 1), needed));
    }

    private static QuorumDecision<ulong?>.Agreed Agreed(ulong? value, List<ProviderAnswer<ulong?>> with) => new(value, [.. with.Select(a => a.Provider)], []);
}
