using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Intents;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Withdrawals;

/// <summary>POST /withdrawals/{id}/resolutions: one operator's half. When a second person signed the same, the orchestration is woken, or started where it was lost.</summary>
public sealed class ResolveFunction(CaseEditor editor, IWithdrawalStore store, Sweeper sweeper, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("ResolveWithdrawal")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/withdrawals/{id}/resolutions")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (!WithdrawalId.IsValid(id) || await store.LoadAsync(id, cancellation) is not { } file)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal.");
        }

        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-resolution+jws.");
        }

        var governed = request.HttpContext.GetGovernance().Governed;
        var reading = ResolutionRule.Verify(compact, file.State, governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        var name = CaseDocuments.Resolution(statement.Hold, statement.OperatorId, compact);
        var duplicate = false;
        await editor.EditAsync(
            id,
            now =>
            {
                duplicate = now.Compacts(CaseDocuments.Resolutions(statement.Hold))
                    .Select(c => ResolutionRule.Verify(c, now.State, governed, time.GetUtcNow()))
                    .Any(r => r.Statement is { } earlier && earlier.OperatorId == statement.OperatorId && earlier.Action == statement.Action);
                return duplicate ? null : new CaseChange(
                    now.State,
                    [new AuditEvent("resolve", "signed", statement.OperatorId, Detail: $"{statement.Action}: {statement.Reason}")],
                    [new CaseDocument(name, System.Text.Encoding.ASCII.GetBytes(compact))]);
            },
            cancellation);
        if (duplicate)
        {
            return Problems.Of(RefusalCode.DuplicateSignature, $"The operator '{statement.OperatorId}' signed the same about hold {statement.Hold} before, and it still counts.");
        }

        file = await editor.RequireAsync(id, cancellation);
        var action = ResolutionRule.Together(file.Compacts(CaseDocuments.Resolutions(file.State.Hold)), file.State, governed, time.GetUtcNow());
        if (action == ResolutionAction.Unknown)
        {
            return Replies.Accepted(new { id, hold = statement.Hold, signatures = 1, needed = 2 });
        }

        await sweeper.SweepAsync(client, id, cancellation);
        return Replies.Ok(new { id, hold = statement.Hold, action });
    }
}
