using Custody.Core.Gate;
using Custody.Core.Results;

namespace Custody.Functions.Roles;

/// <summary>The gate in the signer's process. A signer that is away, or whose answer is malformed, is a vault that does not answer: Unknown, never a refusal.</summary>
public sealed class RemoteSigner(RoleClient signer) : ISigningGate, IUpkeepGate
{
    /// <inheritdoc />
    public Task<GateOutcome> SignAsync(string withdrawalId, CancellationToken cancellation) => AskAsync(RoleCalls.Sign, withdrawalId, cancellation);

    /// <inheritdoc />
    public Task<GateReadiness> ReadyAsync(string withdrawalId, CancellationToken cancellation) => AskReadyAsync(RoleCalls.Ready, withdrawalId, cancellation);

    /// <inheritdoc />
    public Task<GateOutcome> SignOrderedAsync(string id, CancellationToken cancellation) => AskAsync(RoleCalls.Fill, id, cancellation);

    /// <inheritdoc />
    public Task<GateReadiness> OrderReadyAsync(string id, CancellationToken cancellation) => AskReadyAsync(RoleCalls.FillReady, id, cancellation);

    private async Task<GateOutcome> AskAsync(string call, string id, CancellationToken cancellation)
    {
        try
        {
            return await signer.CallAsync(call, new IdMessage(1, id), RoleAnswers.Gate, cancellation);
        }
        catch (RoleUnavailableException away)
        {
            return new GateOutcome.Unknown(RefusalCode.RoleUnavailable, away.Message);
        }
    }

    private async Task<GateReadiness> AskReadyAsync(string call, string id, CancellationToken cancellation)
    {
        try
        {
            return await signer.CallAsync(call, new IdMessage(1, id), RoleAnswers.Readiness, cancellation);
        }
        catch (RoleUnavailableException away)
        {
            return new GateReadiness.Obstacle(new GateOutcome.Unknown(RefusalCode.RoleUnavailable, away.Message));
        }
    }
}
