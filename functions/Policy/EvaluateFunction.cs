using Custody.Core.Admission;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Storage;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Policy;

/// <summary>POST /policy/evaluate: a dry run. It says which rule would match and why each other would not; it reserves and stores nothing.</summary>
public sealed class EvaluateFunction(IFactStore facts, PolicyReader policy, IChainClock chainClock, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("EvaluatePolicy")]
    [Callers(CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/policy/evaluate")] HttpRequest request, CancellationToken cancellation)
    {
        if (await RequestBody.ReadAsync(request, cancellation) is not { } body)
        {
            return Problems.Of(RefusalCode.BodyMalformed, $"The body is longer than {RequestBody.MaxLength} bytes.");
        }

        switch (RequestReader.Read(body))
        {
            case RequestReading.Invalid invalid:
                return Problems.Of(invalid.Code, invalid.Detail, invalid.Field);
            case RequestReading.Read { Request: var asked }:
                var caller = request.HttpContext.GetCaller();
                return caller.Kind == CallerKind.Exchange && caller.Id != asked.ClientId
                    ? Problems.Of(RefusalCode.CallerNotAllowed, "An exchange asks only about its own requests.", "clientId")
                    : Answer(await AskAsync(request, asked, cancellation));
            default:
                return Problems.Of(default(Verdict));
        }
    }

    private async Task<DryRun> AskAsync(HttpRequest request, WithdrawalRequest asked, CancellationToken cancellation)
    {
        var inForce = request.HttpContext.GetGovernance();
        var customer = await facts.ReadAsync(FactKind.Customer, FactId.Customer(asked.ClientId, asked.CustomerId), cancellation);
        var entry = await facts.ReadAsync(FactKind.WhitelistEntry, asked.WhitelistEntryId, cancellation);
        var chainTime = await chainClock.NewestFinalAsync(asked.Asset.Chain, inForce.Governed, cancellation);
        return DryRun.Of(asked, new AdmissionFacts(
            default, null, customer, entry, inForce.Governed, inForce.Stops, time.GetUtcNow(), chainTime,
            await policy.JournalsAsync(inForce.Governed, cancellation), await policy.PricesAsync(asked.Asset, inForce.Governed, cancellation),
            Screening: new ScreeningFacts(1, await SanctionsLists.ReadAsync(facts, inForce.Governed, inForce.Stops, cancellation), [])));
    }

    private static IResult Answer(DryRun run)
    {
        var rule = run.Verdict.IsAllowed ? run.Policy.Decision.Rule : null;
        return Replies.Ok(new
        {
            allowed = run.Verdict.IsAllowed,
            stage = run.Stage,
            code = run.Verdict.IsAllowed ? null : run.Verdict.Code.Text(),
            detail = run.Verdict.IsAllowed ? null : run.Verdict.Detail,
            ruleId = rule?.Id,
            vaultId = rule?.VaultId,
            vaults = rule?.Vaults,
            approvals = rule?.Approvals,
            approvalSeconds = rule?.ApprovalSeconds,
            coolingOffSeconds = rule?.CoolingOffSeconds,
            fee = rule is null ? null : run.Policy.Decision.Fee,
            value = run.Policy.Decision.Value is { } value ? BaseUnitsJsonConverter.Format(value) : null,
            rules = run.Policy.Rules.Select(r => new { ruleId = r.RuleId, matches = r.Matches, why = r.Why }).ToList(),
        });
    }
}
