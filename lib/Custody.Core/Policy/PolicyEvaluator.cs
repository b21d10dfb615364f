using System.Numerics;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Core.Policy;

/// <summary>
/// Finds the first rule that matches a request; no match denies, and so does a rule that cannot be told to match or not. The
/// pipeline asks to make an intent, an approver's device to check it, and the gate again at the moment of signing.
/// </summary>
public static class PolicyEvaluator
{
    /// <summary>Evaluates the governed rules in order. Facts that are not given are not known.</summary>
    public static PolicyDecision Evaluate(WithdrawalRequest request, CustomerClass customerClass, Governed governed, PolicyFacts? facts = null) =>
        Evaluate(PolicyQuestion.Of(request, customerClass, governed, facts ?? PolicyFacts.None));

    /// <summary>Evaluates, and says of every rule in order whether it matched and, if not, the first condition that failed.</summary>
    public static PolicyExplanation Explain(WithdrawalRequest request, CustomerClass customerClass, Governed governed, PolicyFacts? facts = null)
    {
        var question = PolicyQuestion.Of(request, customerClass, governed, facts ?? PolicyFacts.None);
        return new PolicyExplanation(Evaluate(question), [.. governed.Document.Rules.Select(rule =>
        {
            var match = RuleMatch.Of(rule, question);
            return new RuleExplanation(rule.Id, match.Matches, match.Matches ? null : match.IsUnknown ? match.Unknown.Detail : ConditionText.Of(match.Failed, rule, question));
        })]);
    }

    /// <summary>
    /// The fee envelope under a rule. Every cap holds: the smallest wins. A share cap means something only where fee and amount
    /// are the same coin.
    /// </summary>
    public static FeeEnvelope Envelope(WithdrawalRequest request, PolicyRule rule)
    {
        var total = rule.Fee.MaxTotal;
        if (request.Asset.IsNative)
        {
            total = BigInteger.Min(total, request.Amount * rule.Fee.MaxShareBasisPoints / 10_000);
        }

        return new FeeEnvelope(request.MaxFee is { } own ? BigInteger.Min(total, own) : total, rule.Fee.MaxRate);
    }

    private static PolicyDecision Evaluate(PolicyQuestion question)
    {
        if (question.Governed.Asset(question.Request.Asset) is null)
        {
            return Refused(Verdict.Refused(RefusalCode.AssetUnknown, $"The asset {question.Request.Asset} is not registered."));
        }

        foreach (var rule in question.Governed.Document.Rules)
        {
            var match = RuleMatch.Of(rule, question);
            if (match.IsUnknown)
            {
                return Refused(match.Unknown);
            }

            if (match.Matches)
            {
                return Judge(rule, question);
            }
        }

        return Refused(Verdict.Refused(RefusalCode.PolicyNoMatch, "No policy rule matches the withdrawal."));
    }

    private static PolicyDecision Judge(PolicyRule rule, PolicyQuestion question)
    {
        var amount = question.Request.Amount;
        var fee = Envelope(question.Request, rule);
        var verdict = Verdict.All(
            () => amount <= rule.MaxAmount ? Verdict.Allowed : Verdict.Refused(
                RefusalCode.AmountAboveLimit, $"The amount {amount} is above the limit {rule.MaxAmount} of the rule '{rule.Id}'."),
            () => FirstUseRule.Check(rule, question),
            () => RetailRule.Check(question),
            () => PlatformValueRule.Check(question),
            () => !fee.MaxTotal.IsZero && !fee.MaxRate.IsZero ? Verdict.Allowed : Verdict.Refused(
                RefusalCode.FeeAboveEnvelope, $"The rule '{rule.Id}' leaves nothing for a fee on this amount."),
            () => TokenFeeShareRule.Check(rule, question, fee.MaxTotal));
        return verdict.IsAllowed ? new PolicyDecision(verdict, rule, fee, question.Value) : Refused(verdict);
    }

    private static PolicyDecision Refused(Verdict verdict) => new(verdict, null, null);
}
