namespace Custody.Chains.Evm;

/// <summary>
/// Rule: an answer that must be the same everywhere counts when a majority of all configured providers gives it. One that does
/// not answer is no vote for anything, so of two both must agree, and of three two. Whoever contradicts the majority is odd.
/// </summary>
internal static class EqualAnswerRule
{
    /// <summary>How many of the configured providers must agree.</summary>
    public static int Needed(int configured) => (configured / 2) + 1;

    public static QuorumDecision<T> Decide<T>(IReadOnlyList<ProviderAnswer<T>> answers, int needed, Func<T, string> key)
    {
        var groups = answers.Where(a => a.IsAnswer).GroupBy(a => key(a.Value), StringComparer.Ordinal).OrderByDescending(g => g.Count()).ToList();
        return groups.Count > 0 && groups[0].Count() >= needed
            ? new QuorumDecision<T>.Agreed(
                groups[0].First().Value, [.. groups[0].Select(a => a.Provider)], [.. groups.Skip(1).SelectMany(g => g).Select(a => a.Provider)])
            : new QuorumDecision<T>.Missing(Reason(answers, groups.Count, needed));
    }

    /// <summary>Who did not answer, and whether the others differ.</summary>
    public static string Reason<T>(IReadOnlyList<ProviderAnswer<T>> answers, int different, int needed)
    {
        var answered = answers.Where(a => a.IsAnswer).Select(a => a.Provider).ToList();
        var said = answered.Count == 0 ? "nobody answered" : $"{string.Join(", ", answered)} gave {different} different answer{(different == 1 ? "" : "s")}";
        return string.Join("; ", answers.Where(a => !a.IsAnswer).Select(a => $"{a.Provider}: {a.Fault}").Prepend($"{needed} must agree, and {said}"));
    }
}
