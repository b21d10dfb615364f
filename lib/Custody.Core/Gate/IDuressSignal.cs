namespace Custody.Core.Gate;

/// <summary>How the SOC, and nobody else, is told that somebody signs under duress.</summary>
public interface IDuressSignal
{
    /// <summary>Tells it once for each device and withdrawal or whitelist entry.</summary>
    Task RaiseAsync(string subject, string device, CancellationToken cancellation);
}
