using Custody.Core.Prices;
using Custody.Core.Results;

namespace Custody.Core.Policy;

/// <summary>
/// Whether one rule matches: the first condition that does not hold, or one whose fact is not known. An unknown fact stops the
/// search with a refusal; to pass on to the next rule would let somebody who withholds a price or a journal choose the rule.
/// </summary>
internal readonly record struct RuleMatch(bool Matches, PolicyCondition Failed, Verdict Unknown)
{
    private static readonly RuleMatch Yes = new(true, PolicyCondition.None, default);

    public bool IsUnknown => !Matches && Failed == PolicyCondition.None;

    public static RuleMatch Of(PolicyRule rule, PolicyQuestion question)
    {
        var (request, facts) = (question.Request, question.Facts);
        return !rule.Assets.Contains(request.Asset) ? No(PolicyCondition.Asset)
            : rule.Clients is { } clients && !clients.Contains(request.ClientId) ? No(PolicyCondition.Client)
            : rule.CustomerClasses is { } classes && !classes.Contains(question.CustomerClass) ? No(PolicyCondition.CustomerClass)
            : request.Amount < rule.MinAmount ? No(PolicyCondition.Amount)
            : rule.Destinations is { } kinds && facts.Destination == DestinationKind.Unknown ? Cannot(RefusalCode.PolicyFactMissing, rule, "whose the destination is")
            : rule.Destinations is { } wanted && !wanted.Contains(facts.Destination) ? No(PolicyCondition.Destination)
            : rule.Times is not null && facts.At is null ? Cannot(RefusalCode.PolicyFactMissing, rule, "the time")
            : rule.Times is { } times && !times.Any(t => t.IsOpen(facts.At!.Value)) ? No(PolicyCondition.Time)
            : rule.FirstUse is not null && facts.History is null ? Cannot(RefusalCode.FirstUseUnknown, rule, "whether the whitelist entry was paid before")
            : rule.FirstUse is { } first && facts.History!.SignedBefore == first ? No(PolicyCondition.FirstUse)
            : rule.Value is { } range ? OfValue(range, question)
            : Yes;
    }

    private static RuleMatch OfValue(ValueRange range, PolicyQuestion question) =>
        question.Value is not { } value ? new RuleMatch(false, PolicyCondition.None, PriceRefusal(question.Facts.Price))
        : range.Contains(value) ? Yes
        : No(PolicyCondition.Value);

    /// <summary>Why there is no price to go by.</summary>
    public static Verdict PriceRefusal(PriceReading price) => price.Verdict is { IsAllowed: false, Code: not RefusalCode.Unspecified } refused
        ? refused
        : Verdict.Refused(RefusalCode.PriceMissing, "Policy needs a price, and none is known.");

    private static RuleMatch No(PolicyCondition failed) => new(false, failed, default);

    private static RuleMatch Cannot(RefusalCode code, PolicyRule rule, string what) =>
        new(false, PolicyCondition.None, Verdict.Refused(code, $"The rule '{rule.Id}' asks for {what}, which is not known."));
}
