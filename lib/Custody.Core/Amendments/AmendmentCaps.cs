using System.Numerics;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Results;

namespace Custody.Core.Amendments;

/// <summary>Rule: an amendment's fee is within the caps that a policy rule governs for its kind. Without terms there is none.</summary>
public static class AmendmentCaps
{
    /// <summary>The terms of a kind in a rule; null where it has none.</summary>
    public static AmendmentTerms? TermsOf(PolicyRule rule, IntentKind kind) => kind switch
    {
        IntentKind.FeeBump => rule.FeeBump,
        IntentKind.Cancel => rule.Cancel,
        _ => null,
    };

    /// <summary>The most that an amendment of a payment may cost: the smaller of the absolute cap and the share of the payment's amount.</summary>
    public static FeeEnvelope Of(AmendmentTerms terms, WithdrawalIntent payment) => new(
        payment.Asset.IsNative ? BigInteger.Min(terms.Fee.MaxTotal, payment.Amount * terms.Fee.MaxShareBasisPoints / 10_000) : terms.Fee.MaxTotal,
        terms.Fee.MaxRate);

    /// <summary>
    /// Whether every version that counts has terms for the kind and allows the envelope: the version that the payment's intent names
    /// first, since what it never allowed is another matter than what was tightened since.
    /// </summary>
    public static Verdict Check(IReadOnlyList<GovernedRule> terms, WithdrawalIntent payment, IntentKind kind, FeeEnvelope fee, TimeSpan forApprovals)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            var verdict = Check(terms[i].Rule, payment, kind, fee, forApprovals);
            if (!verdict.IsAllowed)
            {
                return i == 0 ? verdict : IntentTerms.Tightened(terms[i].Governed, $"does not allow it: {verdict.Detail}");
            }
        }

        return terms.Count > 0 ? Verdict.Allowed : default;
    }

    private static Verdict Check(PolicyRule rule, WithdrawalIntent payment, IntentKind kind, FeeEnvelope fee, TimeSpan forApprovals)
    {
        if (TermsOf(rule, kind) is not { } terms)
        {
            return Verdict.Refused(RefusalCode.AmendmentNotGoverned, $"The rule '{rule.Id}' has no terms for {(kind == IntentKind.Cancel ? "a cancel after the signature" : "a fee bump")}.");
        }

        var cap = Of(terms, payment);
        return fee.MaxTotal.Sign <= 0 || fee.MaxRate.Sign <= 0 || fee.MaxTotal > cap.MaxTotal || fee.MaxRate > cap.MaxRate
                ? Verdict.Refused(RefusalCode.AmendmentFeeAboveTerms, $"The rule '{rule.Id}' allows up to {cap.MaxTotal} in all and up to {cap.MaxRate} for a unit of gas, and more than nothing.")
            : forApprovals > TimeSpan.FromSeconds(terms.ApprovalSeconds)
                ? Verdict.Refused(RefusalCode.FieldInvalid, $"The rule '{rule.Id}' gives its approvers at most {terms.ApprovalSeconds} seconds.")
            : Verdict.Allowed;
    }
}
