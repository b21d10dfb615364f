using Custody.Core.Results;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Withdrawals;

/// <summary>The stages as activities: each refuses an instance that is not the withdrawal's own, and is otherwise its stage.</summary>
public sealed class Activities(
    AdmitStage admit, VoteStage votes, BuildStage build, SignStage sign, SendStage send, SettleStage settle, ResolveStage resolve, StageGuard guard, Holder holder)
{
    /// <summary>See <see cref="AdmitStage"/>.</summary>
    [Function(Steps.Admit)]
    public Task<StageResult> AdmitAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        guard.RunAsync(Steps.Admit, Own(input, instanceId), admit.RunAsync, cancellation);

    /// <summary>See <see cref="VoteStage"/>.</summary>
    [Function(Steps.CountVotes)]
    public Task<StageResult> CountVotesAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        guard.RunAsync(Steps.CountVotes, Own(input, instanceId), votes.RunAsync, cancellation);

    /// <summary>See <see cref="BuildStage"/>.</summary>
    [Function(Steps.Build)]
    public Task<StageResult> BuildAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        guard.RunAsync(Steps.Build, Own(input, instanceId), build.RunAsync, cancellation);

    /// <summary>See <see cref="SignStage"/>.</summary>
    [Function(Steps.Sign)]
    public Task<StageResult> SignAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        guard.RunAsync(Steps.Sign, Own(input, instanceId), sign.RunAsync, cancellation);

    /// <summary>See <see cref="SendStage"/>.</summary>
    [Function(Steps.Send)]
    public Task<StageResult> SendAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        guard.RunAsync(Steps.Send, Own(input, instanceId), send.RunAsync, cancellation);

    /// <summary>See <see cref="SettleStage"/>.</summary>
    [Function(Steps.Settle)]
    public Task<StageResult> SettleAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        guard.RunAsync(Steps.Settle, Own(input, instanceId), settle.RunAsync, cancellation);

    /// <summary>See <see cref="ResolveStage"/>.</summary>
    [Function(Steps.Resolve)]
    public Task<StageResult> ResolveAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        guard.RunAsync(Steps.Resolve, Own(input, instanceId), resolve.RunAsync, cancellation);

    /// <summary>See <see cref="Holder"/>.</summary>
    [Function(Steps.Hold)]
    public Task<StageResult> HoldAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        holder.HoldAsync(
            Own(input, instanceId), "orchestration", RefusalCodes.Find(input.Code ?? "") ?? RefusalCode.StageFailed, input.Detail ?? "", cancellation, input.Step);

    // An instance acts only on the withdrawal whose id it bears, whatever its input or a forged history row says.
    private static string Own(StageInput input, string instanceId) => input.WithdrawalId == instanceId
        ? instanceId
        : throw new InvalidOperationException($"The instance '{instanceId}' is not the withdrawal's own.");
}
