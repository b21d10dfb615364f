using System.Numerics;
using Custody.Core.Amendments;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Reading;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Cli.Tests.Support;

/// <summary>Bundles of a signed payment that something was ordered about.</summary>
internal static class Amended
{
    public static readonly FeeEnvelope Higher = new(DemoSystem.Ether / 20, 2_000_000_000_000);

    /// <summary>A fee bump as an honest server shows it; <paramref name="stored"/> lets it lie about the intent, with a digest that fits.</summary>
    public static async Task<ApprovalBundle> BumpAsync(
        this DemoSystem system, ApprovalBundle told, DateTimeOffset? at = null, Func<WithdrawalIntent, WithdrawalIntent>? stored = null, string by = "olivia", BigInteger? maxTotal = null)
    {
        var (payment, now) = (PaymentOf(told), at ?? DemoSystem.Now);
        var fee = Higher with { MaxTotal = maxTotal ?? Higher.MaxTotal };
        var order = new FeeBumpStatement(1, told.Id, told.Attempt, payment.Digest(), fee.MaxTotal, fee.MaxRate, by, "stuck", now, now.AddHours(1));
        var compact = await Jws.SignAsync(system.Signer(by), DocumentType.FeeBump, CanonicalJson.Serialize(order), now, detached: false, CancellationToken.None);
        var bump = AmendmentIntents.FeeBump(payment, fee);
        return told with { Status = WithdrawalStatus.Broadcast, Amendment = Of(stored?.Invoke(bump) ?? bump, compact) };
    }

    /// <summary>A cancel.</summary>
    public static async Task<ApprovalBundle> CancelAsync(this DemoSystem system, ApprovalBundle told, Func<WithdrawalIntent, WithdrawalIntent>? stored = null)
    {
        var payment = PaymentOf(told);
        var order = new CancellationStatement(1, told.Id, "exchange-a", "changed their mind", DemoSystem.Now);
        var compact = await Jws.SignAsync(system.Signer("exchange-a"), DocumentType.Cancellation, CanonicalJson.Serialize(order), DemoSystem.Now, detached: false, CancellationToken.None);
        var cancel = AmendmentIntents.Cancel(payment, order, "client-exchange-a", compact, Higher, DemoSystem.Now.AddHours(1), system.Governed)!;
        return told with { Status = WithdrawalStatus.Broadcast, Amendment = Of(stored?.Invoke(cancel) ?? cancel, compact) };
    }

    public static WithdrawalIntent PaymentOf(ApprovalBundle told)
    {
        StrictBase64Url.TryDecode(told.Intent!, out var canonical);
        return CanonicalJson.Deserialize<WithdrawalIntent>(canonical);
    }

    private static AmendmentBundle Of(WithdrawalIntent intent, string order) => new(1, StrictBase64Url.Encode(CanonicalJson.Serialize(intent)), intent.Digest(), order, []);
}
