using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Http;
using Custody.Functions.Withdrawals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Approvals;

/// <summary>POST /withdrawals/{id}/video-confirmations: an operator records the call in which the approvers confirmed the payment.</summary>
public sealed class VideoFunction(CaseEditor editor, IWithdrawalStore store, Starter starter, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("ConfirmVideo")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/withdrawals/{id}/video-confirmations")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-video-confirmation+jws.");
        }

        if (!WithdrawalId.IsValid(id) || await store.LoadAsync(id, cancellation) is not { } file)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal.");
        }

        if (file.Intent() is not { } intent || file.State.Status != WithdrawalStatus.AwaitingApproval)
        {
            return Problems.Of(RefusalCode.NotAwaitingApproval, $"The withdrawal is {StatusText.Of(file.State.Status)}.");
        }

        var reading = VideoRule.Verify(compact, intent, request.HttpContext.GetGovernance().Governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        var name = CaseDocuments.Video(statement.Attempt, statement.OperatorId, compact);
        await editor.EditAsync(
            id,
            now => now.Find(name) is not null || now.State.Status != WithdrawalStatus.AwaitingApproval || now.State.Attempt != statement.Attempt
                ? null
                : new CaseChange(
                    now.State,
                    [new AuditEvent("approve", "video", statement.OperatorId, Detail: statement.Reference, Digest: statement.IntentDigest)],
                    [new CaseDocument(name, System.Text.Encoding.ASCII.GetBytes(compact))]),
            cancellation);
        if ((await editor.RequireAsync(id, cancellation)).Find(name) is null)
        {
            return Problems.Of(RefusalCode.NotAwaitingApproval, "The withdrawal no longer waits for approvals.");
        }

        await starter.TryWakeAsync(client, id, Wake.Vote, cancellation);
        return Replies.Ok(new { id, reference = statement.Reference });
    }
}
