using Custody.Core.Results;

namespace Custody.Core.Policy;

/// <summary>
/// Rule: what is signed for a whitelist entry that nothing had been signed for when the intent was made stays within the rule's
/// cap, together with whatever was signed for it since: ten requests made at once are one first use.
/// </summary>
internal static class FirstUseRule
{
    public static Verdict Check(PolicyRule rule, PolicyQuestion question) =>
        rule.FirstUseMaxAmount is not { } cap ? Verdict.Allowed
        : question.Facts.History is not { } history
            ? Verdict.Refused(RefusalCode.FirstUseUnknown, $"The rule '{rule.Id}' caps a first use, and whether the whitelist entry was paid before is not known.")
        : history.SignedBefore || history.SignedSince + question.Request.Amount <= cap ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.FirstUseAboveCap, $"The whitelist entry was never paid before; the rule '{rule.Id}' lets out {cap} until it was, of which {history.SignedSince} is signed.");
}
