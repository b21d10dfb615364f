using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Encoding;

namespace Custody.Core.Screening;

/// <summary>
/// The draft of a suspicious-transaction report (OSCO section 25A; SFC AML Guideline, chapter 7): what a person completes and
/// files with the JFIU, or closes with a reason. It accuses nobody and stops nothing.
/// </summary>
/// <param name="Version">Always 1.</param>
/// <param name="Id">Derived from pattern, client, customer, asset and the payment with which it began.</param>
/// <param name="Pattern">What looks suspicious.</param>
/// <param name="ClientId">The exchange.</param>
/// <param name="CustomerId">Its customer.</param>
/// <param name="Asset">The asset.</param>
/// <param name="From">The first payment's time.</param>
/// <param name="To">The time of the payment with which it began.</param>
/// <param name="Sum">What the payments add up to, base units.</param>
/// <param name="Terms">What governance calls suspicious.</param>
/// <param name="Payments">The payments.</param>
/// <param name="DraftedAt">When it was drafted.</param>
public sealed record SuspicionReport(
    int Version,
    string Id,
    PatternKind Pattern,
    string ClientId,
    string CustomerId,
    AssetId Asset,
    DateTimeOffset From,
    DateTimeOffset To,
    BigInteger Sum,
    PatternTerms Terms,
    IReadOnlyList<PatternPayment> Payments,
    DateTimeOffset DraftedAt)
{
    private const string Domain = "custody/suspicion/v1";

    /// <summary>The draft of a suspicion.</summary>
    public static SuspicionReport Of(Suspicion suspicion, string clientId, string customerId, PatternTerms terms, DateTimeOffset now)
    {
        string[] identity = [suspicion.Kind.ToString(), clientId, customerId, terms.Asset.ToString(), suspicion.Trigger.WithdrawalId];
        return new SuspicionReport(
            1, "str-" + DomainDigest.Hex(Domain, CanonicalJson.Serialize(identity))[..32], suspicion.Kind, clientId, customerId, terms.Asset,
            suspicion.Payments[0].At, suspicion.Trigger.At, suspicion.Payments.Aggregate(BigInteger.Zero, (sum, p) => sum + p.Amount), terms, suspicion.Payments, now);
    }
}
