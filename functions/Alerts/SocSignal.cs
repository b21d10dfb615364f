using Custody.Core.Alerts;
using Custody.Core.Gate;

namespace Custody.Functions.Alerts;

/// <summary>
/// Tells the SOC through the outbox alone. No log line and no measure: others read those, and who forces an approver may be
/// one of them.
/// </summary>
public sealed class SocSignal(IAlertOutbox outbox, TimeProvider time) : IDuressSignal
{
    /// <inheritdoc />
    public Task RaiseAsync(string subject, string device, CancellationToken cancellation) => outbox.RaiseAsync(
        Alert.About(AlertCode.Duress, subject, $"The device '{device}' signed for it under duress. What is paid by that waits at the gate and is not signed.", time.GetUtcNow(), device),
        cancellation);
}
