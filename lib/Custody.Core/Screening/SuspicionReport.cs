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
/// <param name="From">The first payment's time.</param>
/// <param name="To">The time of the payment with which it began.</param>
/// <param name="Sum">What the payments add up to: base units, or what they are worth in the currency's smallest unit.</param>
/// <param name="Payments">The payments.</param>
/// <param name="DraftedAt">When it was drafted.</param>
/// <param name="Asset">The asset; absent for what all assets are worth together.</param>
/// <param name="Terms">What governance calls suspicious of the asset.</param>
/// <param name="ValueTerms">What governance calls suspicious of all assets together.</param>
/// <param name="Currency">The reference currency, for a value.</param>
public sealed record SuspicionReport(
    int Version,
    string Id,
    PatternKind Pattern,
    string ClientId,
    string CustomerId,
    DateTimeOffset From,
    DateTimeOffset To,
    BigInteger Sum,
    IReadOnlyList<PatternPayment> Payments,
    DateTimeOffset DraftedAt,
    AssetId? Asset = null,
    PatternTerms? Terms = null,
    ValuePatternTerms? ValueTerms = null,
    string? Currency = null)
{
    private const string Domain = "custody/suspicion/v1";

    /// <summary>The draft of a suspicion.</summary>
    public static SuspicionReport Of(Suspicion suspicion, string clientId, string customerId, PatternTerms terms, DateTimeOffset now)
    {
        return new SuspicionReport(
            1, IdOf(suspicion, clientId, customerId, terms.Asset.ToString()), suspicion.Kind, clientId, customerId, suspicion.Payments[0].At, suspicion.Trigger.At,
            suspicion.Payments.Aggregate(BigInteger.Zero, (sum, p) => sum + p.Amount), suspicion.Payments, now, terms.Asset, terms);
    }

    /// <summary>The draft of a suspicion of what all assets are worth together.</summary>
    public static SuspicionReport Of(Suspicion suspicion, string clientId, string customerId, ValuePatternTerms terms, string currency, DateTimeOffset now) => new(
        1, IdOf(suspicion, clientId, customerId, currency), suspicion.Kind, clientId, customerId, suspicion.Payments[0].At, suspicion.Trigger.At,
        suspicion.Payments.Aggregate(BigInteger.Zero, (sum, p) => sum + (p.Value ?? 0)), suspicion.Payments, now, ValueTerms: terms, Currency: currency);

    private static string IdOf(Suspicion suspicion, string clientId, string customerId, string of)
    {
        string[] identity = [suspicion.Kind.ToString(), clientId, customerId, of, suspicion.Trigger.WithdrawalId];
        return "str-" + DomainDigest.Hex(Domain, CanonicalJson.Serialize(identity))[..32];
    }
}
