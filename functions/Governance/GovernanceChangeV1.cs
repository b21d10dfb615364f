using Custody.Functions.Withdrawals;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Custody.Functions.Governance;

/// <summary>
/// The way of a proposed governance version: what tightens takes effect at once, what weakens when its delay is past and
/// nobody vetoed it. The history says only when to look; the activity decides from the stop journal each time.
/// </summary>
public static class GovernanceChangeV1
{
    private static readonly TaskOptions Patience = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 8, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1)));

    private const int LooksBeforeNewHistory = 100;

    /// <summary>Drives the change that the instance's own id names.</summary>
    [Function(nameof(GovernanceChangeV1))]
    public static async Task<ChangeStep> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        for (var looks = 1; ; looks++)
        {
            var step = await context.CallActivityAsync<ChangeStep>(GovernanceActivities.TakeEffect, new ChangeInput(1), Patience);
            context.SetCustomStatus(step);
            if (step.Until is not { } until)
            {
                return step;
            }

            if (looks == LooksBeforeNewHistory)
            {
                context.ContinueAsNew(null, preserveUnprocessedEvents: true);
                return step;
            }

            await WaitAsync(context, until.UtcDateTime - context.CurrentUtcDateTime);
        }
    }

    private static async Task WaitAsync(TaskOrchestrationContext context, TimeSpan left)
    {
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await context.WaitForExternalEvent<Wake>(Wake.Governance, left);
        }
        catch (TaskCanceledException)
        {
            // The time to look again.
        }
    }
}
