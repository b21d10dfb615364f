namespace Custody.Core.Gate;

/// <summary>The only way to a vault. It takes a withdrawal's id, never a digest, and reads and verifies everything itself.</summary>
public interface ISigningGate
{
    /// <summary>Signs what the withdrawal's approved intent says, or says why not. Asking again gives the same signature.</summary>
    Task<GateOutcome> SignAsync(string withdrawalId, CancellationToken cancellation);

    /// <summary>
    /// How long an approved withdrawal must still wait, as the gate sees it; null when it need not. It allows nothing: what may be
    /// signed is decided when the gate is asked to sign.
    /// </summary>
    Task<DateTimeOffset?> WaitsUntilAsync(string withdrawalId, CancellationToken cancellation);
}
