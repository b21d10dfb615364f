using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Waits until a double has killed the app.</summary>
internal sealed record AwaitAppEndStep : Step
{
    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            await world.App.WaitForEndAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ScenarioException("the app still runs");
        }
    }
}
