using Custody.Core.Alerts;
using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Audit;
using Custody.Functions.Composition;
using Custody.Functions.Governance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Custody.Functions.Http;

/// <summary>
/// Authenticates every HTTP call before its function runs. Other triggers pass straight through, without an await: an
/// orchestration's must stay on its thread.
/// </summary>
public sealed class CallerMiddleware(
    CallerDeclarations declarations, GovernanceSource governance, ITokenUseStore tokens, DoorAudit door, AlertDesk alerts, CustodySettings settings, TimeProvider time)
    : IFunctionsWorkerMiddleware
{
    /// <inheritdoc />
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.FunctionDefinition.InputBindings.Values.Any(b => b.Type == "httpTrigger") ? AuthenticateAsync(context, next) : next(context);

    private async Task AuthenticateAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext() ?? throw new InvalidOperationException("An HTTP function runs without an HTTP context.");
        var allowed = declarations.Of(context.FunctionDefinition.Name);
        if (allowed.HasFlag(CallerKind.PublicHealth))
        {
            await next(context);
            return;
        }

        var verdict = await CheckAsync(http, allowed);
        if (verdict.IsAllowed)
        {
            await next(context);
            return;
        }

        await door.RefusedAsync(context.FunctionDefinition.Name, verdict, "", http.RequestAborted);
        await Problems.Of(verdict).ExecuteAsync(http);
    }

    private async Task<Verdict> CheckAsync(HttpContext http, CallerKind allowed)
    {
        var cancellation = http.RequestAborted;
        var snapshot = await governance.ReadAsync(cancellation);
        if (snapshot is not GovernanceSnapshot.InForce inForce)
        {
            return await NothingCountsAsync(snapshot as GovernanceSnapshot.Refused, cancellation);
        }

        var reading = CallTokenRule.Verify(Token(http.Request), settings.Audience, inForce.Governed, time.GetUtcNow());
        if (reading.Caller is not { } caller)
        {
            return reading.Verdict;
        }

        if ((allowed & caller.Kind) == CallerKind.None)
        {
            return Verdict.Refused(RefusalCode.CallerNotAllowed, $"The caller '{caller.Id}' may not call this.");
        }

        if (inForce.Governed.Holder(caller.KeyId) is not { } holder || !KeyTermsRule.Permits(holder.Key, CallerAddress.Of(http, settings.ClientAddressHeader)))
        {
            return Verdict.Refused(RefusalCode.CallerAddress, $"The key '{caller.KeyId}' may not call from here.");
        }

        if (!HttpMethods.IsGet(http.Request.Method)
            && await tokens.UseAsync(caller.KeyId, caller.TokenId, caller.TokenExpiresAt, cancellation) == CommitOutcome.Conflict)
        {
            return Verdict.Refused(RefusalCode.CallTokenReplayed, "The call token was used before; a write needs a token of its own.");
        }

        http.SetCaller(caller);
        http.SetGovernance(inForce);
        return Verdict.Allowed;
    }

    // Nobody can cause this by calling: somebody changed what is stored, so people are told as well.
    private async Task<Verdict> NothingCountsAsync(GovernanceSnapshot.Refused? refused, CancellationToken cancellation)
    {
        var code = refused?.Code ?? RefusalCode.GovernanceInvalid;
        await alerts.RaiseAsync(
            code == RefusalCode.JournalBroken ? AlertCode.JournalBroken : AlertCode.TamperedDocument, "governance", refused?.Detail ?? "", cancellation, code.Text());
        return Verdict.Refused(code, "Governance in force does not verify; nothing can be authorised.");
    }

    private static string? Token(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : null;
    }
}
