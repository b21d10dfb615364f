using Custody.Chains.Evm;
using Custody.Comparison;
using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Sending;

namespace Custody.Functions.Withdrawals;

/// <summary>Has the sender hand certified bytes to the node: the first time, and the same bytes again until they are seen or superseded.</summary>
public sealed class Broadcaster(ITransactionIndex index, ISender sender, AlertDesk alerts, TimeProvider time)
{
    /// <summary>Verifies the certificate of these very bytes and records whose transaction they are; only then may they be sent.</summary>
    public async Task<Verdict> PrepareAsync(WithdrawalCase file, SignedBytes signed, Governed governed, CancellationToken cancellation)
    {
        var certificate = file.Find(CaseDocuments.Certificate(signed.Attempt, signed.Record.Sighash))?.Compact();
        var verdict = CertificateRule.Check(certificate, signed.Intent, signed.Bytes, governed, time.GetUtcNow());
        if (verdict.IsAllowed)
        {
            await index.AddAsync(signed.Vault.Chain, signed.Record.TransactionId, file.State.Id, cancellation);
        }

        return verdict;
    }

    /// <summary>Whether these very bytes were certified at any time; see <see cref="CertificateRule.EverHeld"/>.</summary>
    public bool WasCertified(WithdrawalCase file, SignedBytes signed, Governed governed) =>
        CertificateRule.EverHeld(file.Find(CaseDocuments.Certificate(signed.Attempt, signed.Record.Sighash))?.Compact(), signed.Intent, signed.Bytes, governed, time.GetUtcNow());

    /// <summary>Has prepared bytes sent, once the file says so. Nothing but the node's own refusal, or the sender's, says that they were not.</summary>
    public async Task<SendOutcome> SendAsync(string id, SignedBytes signed, CancellationToken cancellation)
    {
        var outcome = await sender.SendAsync(new SignedId(id, signed.Attempt, signed.Record.Sighash), cancellation);
        if (outcome is SendOutcome.Unknown unknown && Consequences.Of(unknown.Code).Alert is { } alert)
        {
            await alerts.RaiseAsync(alert, id, unknown.Detail, cancellation);
        }

        if (Refusal(outcome) is { } refusal)
        {
            // Once for each of its transactions and reasons: the same bytes are sent again and again.
            await alerts.RaiseAsync(
                AlertCode.BroadcastRefused, id, $"{signed.Record.TransactionId} was refused ({refusal.Why}): {refusal.Detail}", cancellation, $"{signed.Record.TransactionId} {refusal.Why}");
        }

        return outcome;
    }

    /// <summary>
    /// Why bytes were not taken, where people need to know. A stop that comes between the caller's look and the sender's is no news: whoever
    /// stopped it was told.
    /// </summary>
    public static (string Why, string Detail)? Refusal(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Answered { Answer: { Verdict: BroadcastVerdict.Underpriced or BroadcastVerdict.InsufficientFunds or BroadcastVerdict.Rejected } answer } =>
            (answer.Verdict.ToString(), answer.Detail),
        SendOutcome.Refused { Code: not (RefusalCode.Frozen or RefusalCode.Stopped) } refused => (refused.Code.Text(), refused.Detail),
        _ => null,
    };
}
