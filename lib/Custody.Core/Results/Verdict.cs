namespace Custody.Core.Results;

/// <summary>A rule's answer. The default value refuses: a rule that was forgotten, or a field never set, denies.</summary>
public readonly record struct Verdict
{
    private Verdict(bool allowed, RefusalCode code, string detail) => (IsAllowed, Code, _detail) = (allowed, code, detail);

    private readonly string? _detail;

    /// <summary>The one verdict that allows.</summary>
    public static Verdict Allowed { get; } = new(true, RefusalCode.Unspecified, "");

    /// <summary>True only for <see cref="Allowed"/>.</summary>
    public bool IsAllowed { get; }

    /// <summary>Why it refuses; meaningless when it allows.</summary>
    public RefusalCode Code { get; }

    /// <summary>One sentence that says what was wrong and, where it can, what would be right.</summary>
    public string Detail => _detail ?? "";

    /// <summary>A refusal.</summary>
    public static Verdict Refused(RefusalCode code, string detail) => new(false, code, detail);

    /// <summary>The first refusal of the rules, each asked only while all before it allow.</summary>
    public static Verdict All(params ReadOnlySpan<Func<Verdict>> rules)
    {
        var verdict = default(Verdict);
        foreach (var rule in rules)
        {
            verdict = rule();
            if (!verdict.IsAllowed)
            {
                return verdict;
            }
        }

        return verdict;
    }
}
