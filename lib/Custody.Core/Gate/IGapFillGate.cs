namespace Custody.Core.Gate;

/// <summary>The gate's way for what operators order for a vault's upkeep. It takes a fill's id, and reads and verifies everything itself.</summary>
public interface IGapFillGate
{
    /// <summary>Signs the zero-value self-transfer that the fill's order names, or says why not. Asking again gives the same signature.</summary>
    Task<GateOutcome> FillAsync(string id, CancellationToken cancellation);

    /// <summary>Whether it would, before a nonce is taken and anything is built. It allows no signature.</summary>
    Task<GateReadiness> FillReadyAsync(string id, CancellationToken cancellation);
}
