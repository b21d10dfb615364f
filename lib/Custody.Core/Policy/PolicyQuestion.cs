using System.Numerics;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Intents;

namespace Custody.Core.Policy;

/// <summary>What the rules are asked about.</summary>
/// <param name="Request">The request.</param>
/// <param name="CustomerClass">The customer's class.</param>
/// <param name="Governed">Governance in force.</param>
/// <param name="Facts">What is known besides.</param>
/// <param name="Value">What the amount is worth in the reference currency's smallest unit; null when no price says.</param>
internal sealed record PolicyQuestion(WithdrawalRequest Request, CustomerClass CustomerClass, Governed Governed, PolicyFacts Facts, BigInteger? Value)
{
    public static PolicyQuestion Of(WithdrawalRequest request, CustomerClass customerClass, Governed governed, PolicyFacts facts) => new(
        request, customerClass, governed, facts,
        governed.Document.Prices is { } terms && governed.Asset(request.Asset) is { } asset && facts.Price is { Verdict.IsAllowed: true, Entry: { } price }
            ? price.Of(request.Amount, asset.Decimals, terms.Decimals)
            : null);
}
