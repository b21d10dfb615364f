namespace Custody.Core.Gate;

/// <summary>The gate's way for what operators order for a vault's upkeep. It takes an order's id, and reads and verifies everything itself.</summary>
public interface IUpkeepGate
{
    /// <summary>Signs what follows from the order, and nothing else, or says why not. Asking again gives the same signature.</summary>
    Task<GateOutcome> SignOrderedAsync(string id, CancellationToken cancellation);

    /// <summary>Whether it would, before a nonce is taken and anything is built. It allows no signature.</summary>
    Task<GateReadiness> OrderReadyAsync(string id, CancellationToken cancellation);
}
