namespace Custody.Core.Alerts;

/// <summary>The durable outbox of alerts.</summary>
public interface IAlertOutbox
{
    /// <summary>Stores an alert; one with the same dedupe key is stored once.</summary>
    Task RaiseAsync(Alert alert, CancellationToken cancellation);

    /// <summary>The newest alerts, newest first; the SOC channel's among them only for <paramref name="reader"/> Soc, for others they do not even count.</summary>
    Task<IReadOnlyList<Alert>> ListAsync(int most, AlertChannel reader, CancellationToken cancellation);
}
