using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Functions.Alerts;
using Custody.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Chains;

/// <summary>Tells people about a chain's providers: an alert once a day for each finding, and the log and the metric every time.</summary>
public sealed partial class NodeDesk(AlertDesk alerts, TimeProvider time, ILogger<NodeDesk> log) : INodeReports
{
    /// <inheritdoc />
    public async Task TellAsync(NodeReport report, CancellationToken cancellation)
    {
        var subject = report.Provider is { } provider ? $"{report.Chain} {provider}" : report.Chain.ToString();
        if (Alert(report.Kind) is { } code)
        {
            await alerts.RaiseAsync(code, subject, report.Detail, cancellation, $"{time.GetUtcNow():yyyyMMdd}");
        }

        Measures.Providers.Add(
            1, new KeyValuePair<string, object?>("chain", report.Chain.ToString()), new KeyValuePair<string, object?>("provider", report.Provider), new KeyValuePair<string, object?>("report", report.Kind.ToString()));
        Told(log, report.Kind, subject, report.Detail);
    }

    private static AlertCode? Alert(NodeReportKind kind) => kind switch
    {
        NodeReportKind.Disagrees => AlertCode.ProviderDisagrees,
        NodeReportKind.Lags => AlertCode.ProviderLags,
        NodeReportKind.Silent => AlertCode.ProviderSilent,
        NodeReportKind.Back => null,
        _ => AlertCode.ProvidersSplit,
    };

    [LoggerMessage(7011, LogLevel.Warning, "{Kind}: {Subject}: {Detail}")]
    private static partial void Told(ILogger log, NodeReportKind kind, string subject, string detail);
}
