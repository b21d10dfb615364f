namespace Custody.Chains.Evm;

/// <summary>
/// Rule: a transaction or receipt is in a block when a majority shows it there in the same form, and in none when a majority has
/// it in none. "Not there" of a single provider is never taken for an answer against another's "there": it may lag, and what is
/// taken for unpaid is paid again.
/// </summary>
internal static class InclusionRule
{
    public static Inclusion<T> Decide<T>(IReadOnlyList<ProviderAnswer<T?>> answers, int needed, Func<T, BlockPoint?> block, Func<T, string> key)
        where T : class
    {
        var mined = answers.Where(a => a.IsAnswer && a.Value is { } value && block(value) is not null).ToList();
        if (EqualAnswerRule.Decide(mined, needed, value => key(value!)) is QuorumDecision<T?>.Agreed agreed)
        {
            return new Inclusion<T>.Mined(agreed.Value!, agreed.With, agreed.Odd);
        }

        var claims = mined.Select(a => new InclusionClaim(a.Provider, block(a.Value!)!.Number)).ToList();
        var others = answers.Where(a => a.IsAnswer).Except(mined).ToList();
        return others.Count >= needed
            ? new Inclusion<T>.NotMined(others.FirstOrDefault(a => a.Value is not null)?.Value, [.. others.Select(a => a.Provider)], claims)
            : new Inclusion<T>.Missing(Reason(answers, claims, needed), claims);
    }

    private static string Reason<T>(IReadOnlyList<ProviderAnswer<T?>> answers, IReadOnlyList<InclusionClaim> claims, int needed)
        where T : class
    {
        var silent = answers.Where(a => !a.IsAnswer).Select(a => $"{a.Provider}: {a.Fault}");
        var shown = claims.Count == 0 ? "nobody shows it in a block" : string.Join(", ", claims.Select(c => $"{c.Provider} shows it in block {c.Height}"));
        return string.Join("; ", silent.Prepend($"{needed} must agree, and {shown}"));
    }
}
