using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// The way of a withdrawal. Its history says where a withdrawal is, never what is allowed: each stage reads and verifies the
/// rest itself. The sequence of calls of a released version never changes; a new sequence is a WithdrawalV2.
/// </summary>
public static class WithdrawalV1
{
    // A stage that storage or a node fails is tried for about four minutes, then the withdrawal is held for people.
    private static readonly TaskOptions Patience = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 8, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1)));

    private const int MostSilences = 10;
    private const int StepsBeforeNewHistory = 200;

    /// <summary>Drives the withdrawal whose id is the instance's own id; the input is not read, so no input can point it elsewhere.</summary>
    [Function(nameof(WithdrawalV1))]
    public static async Task<StageResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var step = await StageAsync(context, Steps.Admit);
        var (silences, silentSince) = (0, DateTime.MinValue);
        for (var steps = 1; step.Next != Steps.End; steps++)
        {
            if (steps == StepsBeforeNewHistory)
            {
                context.ContinueAsNew(null, preserveUnprocessedEvents: true);
                return step;
            }

            // A cooling-off has no reason and is waited for as long as it takes; a device or node that does not answer is not.
            silences = step is { Retry: true, Reason: not null } ? silences + 1 : 0;
            silentSince = silences <= 1 ? context.CurrentUtcDateTime : silentSince;
            context.SetCustomStatus(Story.Of(step));
            step = step switch
            {
                { Retry: true, PatienceSeconds: { } patience } when silences > 0 && context.CurrentUtcDateTime - silentSince > TimeSpan.FromSeconds(patience) =>
                    await HoldAsync(context, step.Next, step.Reason!, $"{step.Next} had no answer for {patience / 60} minutes."),
                { Retry: true, PatienceSeconds: null } when silences > MostSilences => await HoldAsync(context, step.Next, step.Reason!, $"{step.Next} had no answer {MostSilences} times."),
                { Retry: true } => await TryAgainAsync(context, step),
                { Next: Steps.CountVotes } => await CountVotesAsync(context, step),
                { Next: Steps.Settle } => await AfterAsync(context, Wake.Chain, Steps.Settle),
                { Next: Steps.Resolve } => await AfterAsync(context, Wake.Resolution, Steps.Resolve),
                _ => await StageAsync(context, step.Next),
            };
        }

        context.SetCustomStatus(Story.Of(step));
        return step;
    }

    private static async Task<StageResult> CountVotesAsync(TaskOrchestrationContext context, StageResult step)
    {
        var left = (step.Until?.UtcDateTime ?? context.CurrentUtcDateTime) - context.CurrentUtcDateTime;
        if (left > TimeSpan.Zero)
        {
            try
            {
                await context.WaitForExternalEvent<Wake>(Wake.Vote, left);
            }
            catch (TaskCanceledException)
            {
                // The deadline: the stage counts what is stored and ends the withdrawal if that is not enough.
            }
        }

        return await StageAsync(context, Steps.CountVotes);
    }

    private static async Task<StageResult> AfterAsync(TaskOrchestrationContext context, string wake, string stage)
    {
        await context.WaitForExternalEvent<Wake>(wake);
        return await StageAsync(context, stage);
    }

    private static async Task<StageResult> TryAgainAsync(TaskOrchestrationContext context, StageResult step)
    {
        if (step.Until?.UtcDateTime > context.CurrentUtcDateTime)
        {
            await context.CreateTimer(step.Until.Value.UtcDateTime, CancellationToken.None);
        }

        return await StageAsync(context, step.Next);
    }

    private static async Task<StageResult> StageAsync(TaskOrchestrationContext context, string stage)
    {
        try
        {
            return await context.CallActivityAsync<StageResult>(stage, new StageInput(1, context.InstanceId), Patience);
        }
        catch (TaskFailedException failed)
        {
            return await HoldAsync(context, stage, "stage-failed", $"{stage}: {failed.FailureDetails.ErrorMessage}");
        }
    }

    private static Task<StageResult> HoldAsync(TaskOrchestrationContext context, string failed, string code, string detail) =>
        context.CallActivityAsync<StageResult>(Steps.Hold, new StageInput(1, context.InstanceId, detail, code, failed), Patience);
}
