using System.Numerics;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Core.Policy;

/// <summary>Finds the first rule that matches a request; no match denies.</summary>
public static class PolicyEvaluator
{
    /// <summary>Evaluates the governed rules in order.</summary>
    public static PolicyDecision Evaluate(WithdrawalRequest request, CustomerClass customerClass, Governed governed)
    {
        if (governed.Asset(request.Asset) is null)
        {
            return Refused(RefusalCode.AssetUnknown, $"The asset {request.Asset} is not registered.");
        }

        if (governed.Document.Rules.FirstOrDefault(r => Matches(r, request, customerClass)) is not { } rule)
        {
            return Refused(RefusalCode.PolicyNoMatch, "No policy rule matches the withdrawal.");
        }

        if (request.Amount > rule.MaxAmount)
        {
            return Refused(RefusalCode.AmountAboveLimit, $"The amount {request.Amount} is above the limit {rule.MaxAmount} of the rule '{rule.Id}'.");
        }

        var fee = Envelope(request, rule);
        return fee.MaxTotal.IsZero || fee.MaxRate.IsZero
            ? Refused(RefusalCode.FeeAboveEnvelope, $"The rule '{rule.Id}' leaves nothing for a fee on this amount.")
            : new PolicyDecision(Verdict.Allowed, rule, fee);
    }

    private static bool Matches(PolicyRule rule, WithdrawalRequest request, CustomerClass customerClass) =>
        rule.Assets.Contains(request.Asset)
        && (rule.Clients?.Contains(request.ClientId) ?? true)
        && (rule.CustomerClasses?.Contains(customerClass) ?? true);

    // Every cap holds: the smallest wins. A share cap means something only where fee and amount are the same coin.
    private static FeeEnvelope Envelope(WithdrawalRequest request, PolicyRule rule)
    {
        var total = rule.Fee.MaxTotal;
        if (request.Asset.IsNative)
        {
            total = BigInteger.Min(total, request.Amount * rule.Fee.MaxShareBasisPoints / 10_000);
        }

        return new FeeEnvelope(request.MaxFee is { } own ? BigInteger.Min(total, own) : total, rule.Fee.MaxRate);
    }

    private static PolicyDecision Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null, null);
}
