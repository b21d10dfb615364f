using System.Text.Json;
using Custody.Core.Amendments;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Reading;

/// <summary>
/// Verifies on an approver's device what was ordered about a signed payment, with the gate's own rule. A fee bump stands only on a
/// payment that verifies whole; a cancel pays nobody, so that a payment which governance or the whitelist stopped can be cancelled.
/// </summary>
internal static class AmendmentVerifier
{
    /// <summary>Verifies; <paramref name="whole"/> verifies the payment itself, <paramref name="approver"/> who may vote on an intent.</summary>
    public static BundleReading Verify(
        ApprovalBundle bundle, WithdrawalIntent payment, Governed newest, DateTimeOffset now, Func<BundleReading> whole, Func<WithdrawalIntent, BundleReading.Refused?> approver)
    {
        var told = bundle.Amendment!;
        if (Read(told) is not { Kind: IntentKind.FeeBump or IntentKind.Cancel } intent)
        {
            return Refused(RefusalCode.IntentTampered, "What was ordered is malformed, of another kind, or not of the digest that the server names.");
        }

        if (payment.WithdrawalId != bundle.Id || payment.Attempt != bundle.Attempt || newest.AsOf(payment.GovernanceDigest) is not { } named)
        {
            return Refused(RefusalCode.IntentMismatch, "The payment is of another withdrawal, attempt or governance.");
        }

        VerifiedBundle? verified = null;
        if (intent.Kind == IntentKind.FeeBump)
        {
            if (whole() is not BundleReading.Verified { Bundle: var held })
            {
                return whole();
            }

            verified = held;
        }

        var reading = AmendmentRule.Read(
            new Amendment(told.Number, intent, told.Order, told.Votes),
            new AmendmentFacts(payment, newest, StopView.Empty, [], now, null, verified?.Admitted.Request.MaxFee));
        if (!reading.Verdict.IsAllowed)
        {
            return Refused(reading.Verdict.Code, reading.Verdict.Detail);
        }

        return approver(intent) is { } problem ? problem : new BundleReading.VerifiedAmendment(new VerifiedAmendment
        {
            Number = told.Number,
            Governed = named,
            Newest = newest,
            Payment = payment,
            Base = verified,
            Intent = intent,
            IntentDigest = intent.Digest(),
            Votes = [.. reading.Votes.Select(v => VoteRule.Verify(v, intent, newest, StopView.Empty, now)).Where(v => v.Verdict.IsAllowed).Select(v => (v.Approver!, v.Statement!))],
            Tally = reading.Tally,
            OrderedBy = reading.OrderedBy,
            Reason = reading.Reason,
            Deadline = reading.Deadline,
            StatusAsTold = bundle.Status,
        });
    }

    private static WithdrawalIntent? Read(AmendmentBundle told)
    {
        try
        {
            return StrictBase64Url.TryDecode(told.Intent, out var canonical) && WithdrawalIntent.DigestOf(canonical) == told.IntentDigest
                ? CanonicalJson.Deserialize<WithdrawalIntent>(canonical)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static BundleReading.Refused Refused(RefusalCode code, string detail) => new(BundleFact.Amendment, code, detail);
}
