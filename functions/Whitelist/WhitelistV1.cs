using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Custody.Functions.Whitelist;

/// <summary>
/// The way of a whitelist entry: vet → count (until the approvers' quorum or the deadline) → mature (until the cooling-off is
/// past). Its history says where an entry is, never what is allowed: each stage reads and verifies the rest itself. The sequence
/// of calls of a released version never changes.
/// </summary>
public static class WhitelistV1
{
    // A stage that storage or a node fails is tried for about four minutes; then the instance fails, and the sweeper starts it anew.
    private static readonly TaskOptions Patience = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 8, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1)));

    private const int StepsBeforeNewHistory = 200;

    /// <summary>Drives the entry whose key is the instance's own id; the input is not read, so no input can point it elsewhere.</summary>
    [Function(nameof(WhitelistV1))]
    public static async Task<WhitelistStep> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var step = await StageAsync(context, WhitelistSteps.Vet);
        for (var steps = 1; step.Next != WhitelistSteps.End; steps++)
        {
            if (steps == StepsBeforeNewHistory)
            {
                context.ContinueAsNew(null, preserveUnprocessedEvents: true);
                return step;
            }

            context.SetCustomStatus(WhitelistStory.Of(step));
            await WaitAsync(context, step);
            step = await StageAsync(context, step.Next);
        }

        context.SetCustomStatus(WhitelistStory.Of(step));
        return step;
    }

    // Signatures and statements wake; a suspension or an end during the cooling-off wakes too, so that nothing waits for nothing.
    private static async Task WaitAsync(TaskOrchestrationContext context, WhitelistStep step)
    {
        var left = (step.Until?.UtcDateTime ?? context.CurrentUtcDateTime) - context.CurrentUtcDateTime;
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await context.WaitForExternalEvent<WhitelistWake>(WhitelistWake.Changed, left);
        }
        catch (TaskCanceledException)
        {
            // The deadline, or the cooling-off's end: the stage looks at what is stored.
        }
    }

    private static Task<WhitelistStep> StageAsync(TaskOrchestrationContext context, string stage) =>
        context.CallActivityAsync<WhitelistStep>(stage, new WhitelistInput(1, context.InstanceId), Patience);
}
