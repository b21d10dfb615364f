using Custody.Core.Customers;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Results;
using Custody.Core.Whitelisting;

namespace Custody.Core.Admission;

/// <summary>
/// What would become of a request, and why: customer, whitelist, sanctions lists and policy as admission asks them, without
/// a signature, and nothing reserved; the screening provider is not asked. The rules are explained even where something before them refuses.
/// </summary>
/// <param name="Verdict">The first refusal, or that it would be admitted.</param>
/// <param name="Stage">The stage that answered: validate, whitelist, screen or policy.</param>
/// <param name="Policy">What each rule says.</param>
public sealed record DryRun(Verdict Verdict, string Stage, PolicyExplanation Policy)
{
    /// <summary>Asks. The facts' body and signature are not looked at.</summary>
    public static DryRun Of(WithdrawalRequest request, AdmissionFacts facts)
    {
        var customer = CustomerRule.Verify(facts.Customer, request.ClientId, request.CustomerId, facts.Governed, facts.Now);
        var whitelist = WhitelistRule.Verify(facts.Entry, request, facts.Governed, facts.Stops, facts.Now, facts.ChainTime);
        var at = facts.At ?? facts.Now;
        var policy = PolicyEvaluator.Explain(request, customer.Record?.Class ?? CustomerClass.Unknown, facts.Governed, new PolicyFacts(
            at,
            whitelist.Entry is { } known ? DestinationKinds.Of(known.Chain, known.Address, facts.Governed) : DestinationKind.Unknown,
            whitelist.Entry is { } entry
                ? DestinationHistory.Of(facts.Signings, new EntryUse(request.Asset, entry.EntryId, entry.Address, WithdrawalId.Derive(request.ClientId, request.RequestId), at))
                : null,
            PriceRule.Read(facts.Prices, request.Asset, facts.Governed, facts.Now, facts.ChainTime),
            PolicyNeeds.FeeCoin(facts.Governed, request.Asset) is { } coin ? PriceRule.Read(facts.Prices, coin, facts.Governed, facts.Now, facts.ChainTime) : default));
        var screening = whitelist.Entry is { } screened ? AdmissionRule.Screen(facts, request, screened) : null;
        return !customer.Verdict.IsAllowed ? new DryRun(customer.Verdict, "validate", policy)
            : !whitelist.Verdict.IsAllowed ? new DryRun(whitelist.Verdict, "whitelist", policy)
            : screening is { Verdict.IsAllowed: false, AwaitsProvider: false } refused ? new DryRun(refused.Verdict, "screen", policy)
            : new DryRun(policy.Decision.Verdict, "policy", policy);
    }
}
