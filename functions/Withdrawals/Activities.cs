using Custody.Core.Results;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Withdrawals;

/// <summary>The stages as activities: each refuses an instance that is not the withdrawal's own, and is otherwise its stage.</summary>
public sealed class Activities(
    AdmitStage admit, VoteStage votes, BuildStage build, SignStage sign, SendStage send, SettleStage settle, ResolveStage resolve, Holder holder)
{
    /// <summary>See <see cref="AdmitStage"/>.</summary>
    [Function(Steps.Admit)]
    public Task<StageResult> AdmitAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        admit.RunAsync(Own(input, instanceId), cancellation);

    /// <summary>See <see cref="VoteStage"/>.</summary>
    [Function(Steps.CountVotes)]
    public Task<StageResult> CountVotesAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        votes.RunAsync(Own(input, instanceId), cancellation);

    /// <summary>See <see cref="BuildStage"/>.</summary>
    [Function(Steps.Build)]
    public Task<StageResult> BuildAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        build.RunAsync(Own(input, instanceId), cancellation);

    /// <summary>See <see cref="SignStage"/>.</summary>
    [Function(Steps.Sign)]
    public Task<StageResult> SignAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        sign.RunAsync(Own(input, instanceId), cancellation);

    /// <summary>See <see cref="SendStage"/>.</summary>
    [Function(Steps.Send)]
    public Task<StageResult> SendAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        send.RunAsync(Own(input, instanceId), cancellation);

    /// <summary>See <see cref="SettleStage"/>.</summary>
    [Function(Steps.Settle)]
    public Task<StageResult> SettleAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        settle.RunAsync(Own(input, instanceId), cancellation);

    /// <summary>See <see cref="ResolveStage"/>.</summary>
    [Function(Steps.Resolve)]
    public Task<StageResult> ResolveAsync([ActivityTrigger] StageInput input, string instanceId, CancellationToken cancellation) =>
        resolve.RunAsync(Own(input, instanceId), cancellation);

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
