using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Stops the real node: no call of it is answered, and what waits in its pool is gone. Steps that read the chain do not work until it runs again.</summary>
internal sealed record StopNodeStep : Step
{
    public override Task RunAsync(World world, CancellationToken cancellation) => world.Chain.StopAsync();
}
