using Custody.Core.Amendments;
using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Amendments;

/// <summary>POST /withdrawals/{id}/fee-bumps: an operator proposes that a payment which is signed and in no block may cost more.</summary>
public sealed class FeeBumpFunction(IWithdrawalStore store, AmendmentWriter writer, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("ProposeFeeBump")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/withdrawals/{id}/fee-bumps")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!WithdrawalId.IsValid(id) || await store.LoadAsync(id, cancellation) is not { } file)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal.");
        }

        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-fee-bump+jws.");
        }

        var inForce = request.HttpContext.GetGovernance();
        var (verdict, payment) = await writer.PaymentAsync(file, inForce.Governed, cancellation);
        if (payment is null)
        {
            return Problems.Of(verdict);
        }

        var reading = FeeBumpRule.Verify(compact, payment, inForce.Governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        verdict = Allows(payment, statement, AmendmentReader.MaxFee(file), inForce.Governed);
        if (!verdict.IsAllowed)
        {
            return Problems.Of(verdict);
        }

        (verdict, var stored) = await writer.AddAsync(
            file, AmendmentIntents.FeeBump(payment, statement.Envelope()), compact, statement.OperatorId, statement.Reason, inForce, cancellation);
        return stored is null ? Problems.Of(verdict) : Replies.Accepted(AmendmentView.Of(stored));
    }

    private static Verdict Allows(WithdrawalIntent payment, FeeBumpStatement statement, System.Numerics.BigInteger? requestMaxFee, Governed governed)
    {
        var (verdict, rules) = IntentTerms.Of(payment, governed);
        return Verdict.All(
            () => verdict,
            () => rules.All(r => r.Governed.Chain(payment.Asset.Chain)?.Replacement is not null) ? Verdict.Allowed
                : Verdict.Refused(RefusalCode.AmendmentNotGoverned, $"Governance lets no payment on {payment.Asset.Chain} be replaced."),
            () => AmendmentCaps.Check(rules, payment, IntentKind.FeeBump, statement.Envelope(), statement.ExpiresAt - statement.SignedAt),
            () => requestMaxFee is not { } own || statement.MaxTotal <= own ? Verdict.Allowed
                : Verdict.Refused(RefusalCode.AmendmentFeeAboveTerms, $"The client's request allows {own} in fees."));
    }
}
