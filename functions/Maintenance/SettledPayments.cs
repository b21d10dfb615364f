using System.Globalization;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Maintenance;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Sending;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Maintenance;

/// <summary>
/// Looks after a deep reorganisation whether a settled payment, or the cancel that ended one, is in the chain. A settled withdrawal is an end and
/// stays one, and so is a cancelled one, whose payment could be mined after all: people are told which are gone, and the very bytes that were mined before are handed to the node again, which can pay at most what was paid.
/// </summary>
public sealed class SettledPayments(CaseEditor editor, SignedReader reader, Broadcaster broadcaster, ChainNodes nodes, AlertDesk alerts)
{
    /// <summary>True when its block is after the order's and its transaction is in no block now.</summary>
    public async Task<bool> LookAsync(string id, RewindOrder order, Governed governed, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        if (file.State is not { BlockNumber: { } block, BlockHash: { } hash, TransactionId: { } transaction } || block <= order.Block)
        {
            return false;
        }

        var found = await nodes.Of(order.Chain).TransactionAsync(transaction, cancellation);
        if (found?.Block is not { } now)
        {
            return await GoneAsync(file, transaction, block, hash, order, governed, cancellation);
        }

        if (now.Hash != hash)
        {
            await RecordAsync(file, "moved", string.Create(CultureInfo.InvariantCulture, $"{transaction} was in block {block} {hash} and is in block {now.Number} {now.Hash}"), cancellation);
        }

        return false;
    }

    private async Task<bool> GoneAsync(WithdrawalCase file, string transaction, ulong block, string hash, RewindOrder order, Governed governed, CancellationToken cancellation)
    {
        var detail = string.Create(CultureInfo.InvariantCulture, $"{transaction} was final in block {block} {hash}, and is in no block of {order.Chain} now. Nothing new is signed.");
        await alerts.RaiseAsync(AlertCode.SettledPaymentGone, file.State.Id, detail, cancellation, hash);
        await RecordAsync(file, "gone", detail, cancellation);
        var reading = await reader.ReadAsync(file, governed, cancellation);
        if (reading.Verdict.IsAllowed && reading.Signed.FirstOrDefault(s => s.Record.TransactionId == transaction) is { } signed)
        {
            // A freeze stops that, too: the record says what became of it, and the runbook what to do after the thaw.
            var sent = await broadcaster.SendAsync(file.State.Id, signed, cancellation) switch
            {
                SendOutcome.Answered { Answer: var answer } => $"Its bytes were sent again: {answer.Verdict}.",
                SendOutcome.Refused refused => $"Its bytes are not sent: {refused.Detail}",
                _ => "Nobody knows whether its bytes were sent again.",
            };
            await RecordAsync(file, "sent-again", sent, cancellation);
        }

        return true;
    }

    private Task<WithdrawalState> RecordAsync(WithdrawalCase file, string action, string detail, CancellationToken cancellation) => editor.EditAsync(
        file.State.Id, now => new CaseChange(now.State, new AuditEvent("confirm", action, "pipeline", Detail: detail)), cancellation);
}
