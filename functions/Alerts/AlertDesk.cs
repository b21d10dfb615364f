using System.Globalization;
using Custody.Core.Alerts;
using Custody.Core.Journals;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Alerts;

/// <summary>Raises alerts: into the durable outbox, and into the log with the alert's own event id.</summary>
public sealed partial class AlertDesk(IAlertOutbox outbox, TimeProvider time, ILogger<AlertDesk> log)
{
    /// <summary>Raises an alert once per code, subject and <paramref name="occasion"/>. True for the run that was first.</summary>
    public async Task<bool> RaiseAsync(AlertCode code, string subject, string detail, CancellationToken cancellation, string occasion = "")
    {
        var isNew = await outbox.RaiseAsync(Alert.About(code, subject, detail, time.GetUtcNow(), occasion), cancellation);
        Telemetry.Measures.Alerts.Add(1, new KeyValuePair<string, object?>("code", AlertCatalogue.Text(code)));
        Raised(log, AlertCatalogue.Severity(code), AlertCatalogue.Text(code), subject, detail);
        return isNew;
    }

    /// <summary>Tells of what a vault's device stops every withdrawal with, once a day for all of them.</summary>
    public Task RaiseDeviceAsync(AlertCode code, string vaultId, string detail, CancellationToken cancellation) => RaiseAsync(
        code, FreezeScope.Vault(vaultId), detail, cancellation, time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture));

    /// <summary>Tells that the host's clock is behind a chain's, once a day.</summary>
    public Task RaiseClockAsync(string detail, CancellationToken cancellation) => RaiseAsync(
        AlertCode.HostClockBehind, "host-clock", detail, cancellation, time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture));

    [LoggerMessage(8000, LogLevel.Warning, "Alert {Severity} {Code} about {Subject}: {Detail}")]
    private static partial void Raised(ILogger log, AlertSeverity severity, string code, string subject, string detail);
}
