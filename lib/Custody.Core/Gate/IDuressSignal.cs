namespace Custody.Core.Gate;

/// <summary>How the gate tells the SOC, and nobody else, that somebody approves under duress.</summary>
public interface IDuressSignal
{
    /// <summary>Tells it once for each withdrawal and device.</summary>
    Task RaiseAsync(string withdrawalId, string device, CancellationToken cancellation);
}
