using System.Numerics;
using Custody.Core.Results;

namespace Custody.Core.Policy;

/// <summary>
/// Rule: the most that a token's transfer may cost is worth no more than the rule's share of what is transferred, by the signed prices of
/// both. The share of a coin's amount is part of the envelope itself; this one moves with prices, and approvers sign an envelope that does
/// not. So it refuses, and a smaller payment asks with a smaller <c>maxFee</c>.
/// </summary>
internal static class TokenFeeShareRule
{
    private const int BasisPoints = 10_000;

    public static Verdict Check(PolicyRule rule, PolicyQuestion question, BigInteger maxFee)
    {
        if (rule.Fee.MaxTokenShareBasisPoints is not { } share || question.Request.Asset.IsNative)
        {
            return Verdict.Allowed;
        }

        var document = question.Governed.Document;
        if (question.Value is not { } value)
        {
            return RuleMatch.PriceRefusal(question.Facts.Price);
        }

        if (document.Prices is not { } terms || document.Assets.FirstOrDefault(a => a.Id.IsNative && a.Id.Chain == question.Request.Asset.Chain) is not { } coin
            || question.Facts.CoinPrice is not { Verdict.IsAllowed: true, Entry: { } price })
        {
            return RuleMatch.PriceRefusal(question.Facts.CoinPrice);
        }

        var fee = price.Of(maxFee, coin.Decimals, terms.Decimals);
        return fee * BasisPoints <= value * share ? Verdict.Allowed : Verdict.Refused(
            RefusalCode.FeeAboveEnvelope,
            $"The fee may be worth {fee}, and the rule '{rule.Id}' lets it be {share} basis points of {value}; ask with a maxFee that is worth less.");
    }
}
