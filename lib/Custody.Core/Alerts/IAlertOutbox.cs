namespace Custody.Core.Alerts;

/// <summary>The durable outbox of alerts.</summary>
public interface IAlertOutbox
{
    /// <summary>Stores an alert; one with the same dedupe key is stored once. True for the run that stored it.</summary>
    Task<bool> RaiseAsync(Alert alert, CancellationToken cancellation);

    /// <summary>The newest alerts, newest first; the SOC channel's among them only for <paramref name="reader"/> Soc, for others they do not even count.</summary>
    Task<IReadOnlyList<Alert>> ListAsync(int most, AlertChannel reader, CancellationToken cancellation);
}
