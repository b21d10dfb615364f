using System.Numerics;
using Custody.Core.Results;

namespace Custody.Core.Policy;

/// <summary>
/// Rule: where governance limits what leaves over all assets together, a withdrawal has a value, and with it the sliding window stays
/// within the limit. Without such terms nothing is asked.
/// </summary>
public static class PlatformValueRule
{
    /// <summary>Whether <paramref name="value"/> fits on top of <paramref name="used"/>.</summary>
    public static Verdict Check(PlatformValueTerms terms, BigInteger used, BigInteger value) => used + value > terms.MaxValue
        ? Verdict.Refused(
            RefusalCode.VelocityExceeded,
            $"The platform's limit of {terms.MaxValue} over all assets in {terms.WindowSeconds} s has {BigInteger.Max(0, terms.MaxValue - used)} left, and this is worth {value}.")
        : Verdict.Allowed;

    internal static Verdict Check(PolicyQuestion question) =>
        question.Governed.Document.PlatformValue is not { } terms ? Verdict.Allowed
        : question.Value is not { } value ? RuleMatch.PriceRefusal(question.Facts.Price)
        : Check(terms, 0, value);
}
