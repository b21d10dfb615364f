using Custody.Core.Alerts;

namespace Custody.Functions.Tests.Changes;

/// <summary>An outbox in memory.</summary>
internal sealed class MemoryAlerts : IAlertOutbox
{
    private readonly Dictionary<string, Alert> _alerts = new(StringComparer.Ordinal);

    public Task<bool> RaiseAsync(Alert alert, CancellationToken cancellation) => Task.FromResult(_alerts.TryAdd(alert.DedupeKey, alert));

    public Task<IReadOnlyList<Alert>> ListAsync(int most, AlertChannel reader, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Alert>>([.. _alerts.Values.Reverse().Take(most)]);
}
