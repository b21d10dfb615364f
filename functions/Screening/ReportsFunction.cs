using System.Text.Json;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Screening;
using Custody.Core.Storage;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Screening;

/// <summary>GET /reports/str: the drafts of suspicious-transaction reports, newest first. For operators alone: a customer must not learn of them.</summary>
public sealed class ReportsFunction(IFactStore facts)
{
    /// <summary>Handles the call.</summary>
    [Function("ListSuspicionReports")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/reports/str")] HttpRequest request, CancellationToken cancellation)
    {
        var stored = await facts.ListAsync(FactKind.SuspicionReport, "", cancellation);
        return Replies.Ok(new { items = stored.Select(d => Read(d.PayloadBytes())).OfType<SuspicionReport>().OrderByDescending(r => r.To).ToList() });
    }

    private static SuspicionReport? Read(byte[] payload)
    {
        try
        {
            return CanonicalJson.Deserialize<SuspicionReport>(payload);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
