using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>The watcher has begun to follow the chain: whatever is in a block from now on is read.</summary>
internal sealed record ExpectWatchedStep : PolledStep
{
    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation) =>
        await world.Storage.Custody.Watch.LoadCursorAsync(world.Vault.Chain, cancellation) is null ? "the chain is not watched yet" : null;
}
