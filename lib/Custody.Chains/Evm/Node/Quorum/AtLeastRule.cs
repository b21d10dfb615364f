namespace Custody.Chains.Evm;

/// <summary>
/// Rule for a count that may differ between providers, such as a nonce with what waits in each one's pool: the highest that a
/// majority says at least. A single provider cannot raise it; of two the lower counts, and the allocator and the signing journal
/// remember what was given out above it.
/// </summary>
internal static class AtLeastRule
{
    public static QuorumDecision<ulong> Decide(IReadOnlyList<ProviderAnswer<ulong>> answers, int needed)
    {
        var said = answers.Where(a => a.IsAnswer).OrderByDescending(a => a.Value).ToList();
        return said.Count >= needed
            ? new QuorumDecision<ulong>.Agreed(said[needed - 1].Value, [.. said.Take(needed).Select(a => a.Provider)], [])
            : new QuorumDecision<ulong>.Missing(EqualAnswerRule.Reason(answers, said.Count, needed));
    }
}
