namespace Custody.Core.Gate;

/// <summary>The only way to a vault. It takes a withdrawal's id, never a digest, and reads and verifies everything itself.</summary>
public interface ISigningGate
{
    /// <summary>Signs what the withdrawal's approved intent says, or says why not. Asking again gives the same signature.</summary>
    Task<GateOutcome> SignAsync(string withdrawalId, CancellationToken cancellation);
}
