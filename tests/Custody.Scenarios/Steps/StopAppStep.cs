using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Asks the app to stop, and waits until it has.</summary>
internal sealed record StopAppStep : Step
{
    public override Task RunAsync(World world, CancellationToken cancellation) => world.App.StopAsync();
}
