using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Mines blocks now.</summary>
internal sealed record MineStep : Step
{
    public int Blocks { get; init; } = 1;

    public override Task RunAsync(World world, CancellationToken cancellation) => world.Chain.MineAsync(Blocks);
}
