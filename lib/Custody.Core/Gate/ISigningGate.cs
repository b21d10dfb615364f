namespace Custody.Core.Gate;

/// <summary>The only way to a vault. It takes a withdrawal's id, never a digest, and reads and verifies everything itself.</summary>
public interface ISigningGate
{
    /// <summary>Signs what the withdrawal's approved intent says, or says why not. Asking again gives the same signature.</summary>
    Task<GateOutcome> SignAsync(string withdrawalId, CancellationToken cancellation);

    /// <summary>
    /// Whether the gate would sign an approved withdrawal as far as can be told before anything is built: what it would refuse or
    /// keep waiting takes no nonce, which would keep every later payment of the vault waiting. It allows nothing: what may be
    /// signed is decided when the gate is asked to sign.
    /// </summary>
    Task<GateReadiness> ReadyAsync(string withdrawalId, CancellationToken cancellation);
}
