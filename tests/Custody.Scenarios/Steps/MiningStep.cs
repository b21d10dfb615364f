using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Stops the chain, or lets it go on with a block a second.</summary>
internal sealed record MiningStep : Step
{
    public required bool On { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation) => await world.Chain.CallAsync("evm_setIntervalMining", On ? 1 : 0);
}
