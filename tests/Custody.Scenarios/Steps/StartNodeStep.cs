using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Starts the real node again, with the blocks that it had, mining.</summary>
internal sealed record StartNodeStep : Step
{
    public override Task RunAsync(World world, CancellationToken cancellation) => world.Chain.RestartAsync();
}
