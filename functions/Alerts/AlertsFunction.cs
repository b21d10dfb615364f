using System.Globalization;
using Custody.Core.Alerts;
using Custody.Core.Callers;
using Custody.Core.Results;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Alerts;

/// <summary>GET /alerts: the newest alerts with severity and runbook. What is the SOC's alone does not exist for anybody else.</summary>
public sealed class AlertsFunction(IAlertOutbox outbox)
{
    private const int Most = 500;

    /// <summary>Handles the call.</summary>
    [Function("ListAlerts")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/alerts")] HttpRequest request, CancellationToken cancellation)
    {
        var most = 100;
        if (request.Query["most"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > Most))
        {
            return Problems.Of(RefusalCode.FieldInvalid, $"most must be between 1 and {Most}.", "most");
        }

        var caller = request.HttpContext.GetCaller().Id;
        var isSoc = request.HttpContext.GetGovernance().Governed.Document.Operators.FirstOrDefault(o => o.Id == caller)?.Soc == true;
        var alerts = await outbox.ListAsync(most, isSoc ? AlertChannel.Soc : AlertChannel.Operations, cancellation);
        return Replies.Ok(new
        {
            items = alerts.Select(a => new
            {
                code = AlertCatalogue.Text(a.Code),
                severity = AlertCatalogue.Severity(a.Code).ToString(),
                subject = a.Subject,
                detail = a.Detail,
                raisedAt = a.RaisedAt,
                runbook = AlertCatalogue.Runbook(a.Code),
            }).ToList(),
        });
    }
}
