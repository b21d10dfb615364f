using Custody.Core.Alerts;
using Custody.Core.Approvals;
using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Functions.Alerts;

namespace Custody.Functions.Approvals;

/// <summary>
/// Takes votes by WebAuthn: where the rule accepts them, and as long as the authenticator's counter grows. It is moved before the
/// vote is stored, so a run that died in between has used the assertion up for nothing but itself.
/// </summary>
public sealed class AuthenticatorDesk(IAuthenticatorCounterStore counters, AlertDesk alerts)
{
    /// <summary>Whether a verified vote may be stored. A vote that is no WebAuthn's may.</summary>
    public async Task<Verdict> TakeAsync(string id, VoteReading vote, Quorum? quorum, CancellationToken cancellation)
    {
        if (vote is not { Assertion: { } use, Statement: { } statement, Approver: { } approver })
        {
            return vote.Verdict;
        }

        var verdict = quorum is null ? Verdict.Refused(RefusalCode.WebAuthnNotAllowed, "No rule says that it accepts votes by WebAuthn.") : WebAuthnAllowance.Check(vote, quorum);
        if (!verdict.IsAllowed)
        {
            return verdict;
        }

        verdict = await counters.UseAsync(use, cancellation);
        await HearAsync(id, verdict, DeviceSubject.Of(approver.Id, statement.DeviceId), cancellation);
        return verdict;
    }

    /// <summary>Tells people of a counter that went back: only the credential's key can make such an assertion.</summary>
    public async Task HearAsync(string id, Verdict verdict, string subject, CancellationToken cancellation)
    {
        if (verdict is { IsAllowed: false, Code: RefusalCode.WebAuthnCounterBack })
        {
            await alerts.RaiseAsync(AlertCode.AuthenticatorCloned, subject, verdict.Detail, cancellation, id);
        }
    }
}
