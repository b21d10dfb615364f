using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>The chain leaves its newest blocks for as many others, which hold none of their transactions.</summary>
internal sealed record ReorganiseStep : Step
{
    public required int Depth { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation) => await world.Chain.CallAsync("anvil_reorg", Depth, Array.Empty<object>());
}
