namespace Custody.Chains.Evm;

/// <summary>
/// Rule for bytes that were handed to every provider. One that has them is enough: they can be mined. All must refuse before it
/// is a refusal; with one that may have them it is Unknown, and the sender looks. A nonce that somebody calls too low may be
/// because they are mined, so beside refusals it is what counts: it too only makes the sender look, and says nothing about who was paid.
/// </summary>
internal static class BroadcastRule
{
    private static readonly BroadcastVerdict[] Foremost =
        [BroadcastVerdict.Accepted, BroadcastVerdict.AlreadyKnown, BroadcastVerdict.Unknown, BroadcastVerdict.NonceTooLow];

    public static BroadcastAnswer Combine(IReadOnlyList<(string Provider, BroadcastAnswer Answer)> answers)
    {
        var verdicts = answers.Select(a => a.Answer.Verdict).ToList();
        var foremost = Foremost.Where(verdicts.Contains).Cast<BroadcastVerdict?>().FirstOrDefault();
        var most = verdicts.GroupBy(v => v).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).FirstOrDefault();
        return new BroadcastAnswer(foremost ?? most, string.Join("; ", answers.Select(a => $"{a.Provider}: {a.Answer.Verdict} {a.Answer.Detail}")));
    }
}
