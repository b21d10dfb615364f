using Custody.Core.Gate;
using Custody.Core.Whitelisting;
using Custody.Functions.Governance;

namespace Custody.Functions.Whitelist;

/// <summary>mature: tells when the cooling-off is past by the host's clock and by the chain's. The gate asks both again at each use.</summary>
public sealed class MatureStage(WhitelistEditor editor, GovernanceSource governance, IChainClock clock, WhitelistReader reader, WhitelistNews news, TimeProvider time)
{
    // The chain's newest final block is behind the host's clock by a few blocks.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    /// <summary>Runs the stage; an entry that is not cooling off is left as it is.</summary>
    public async Task<WhitelistStep> RunAsync(string key, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(key, cancellation);
        if (file.State.Status != WhitelistStatus.CoolingOff)
        {
            return WhitelistStep.Of(file.State);
        }

        var inForce = await governance.RequireAsync(cancellation);
        var found = await reader.FindAsync(file.State.EntryId, inForce.Stops, cancellation);
        if (found is null || WhitelistRule.UsableFrom(found.Entry, inForce.Governed, inForce.Stops) is not { } usable)
        {
            // Suspended or ended, and the run that said so in the journal died before it said so here.
            var status = inForce.Stops.StandingOf(file.State.EntryId).Suspension is null ? WhitelistStatus.Tombstoned : WhitelistStatus.Suspended;
            return WhitelistStep.Of((await editor.MoveAsync(key, status, s => s with { UsableFrom = null }, cancellation))!.State);
        }

        var now = time.GetUtcNow();
        if (!WhitelistRule.IsPast(usable, inForce.Governed, now, await clock.NewestFinalAsync(found.Entry.Chain, inForce.Governed, cancellation)))
        {
            return WhitelistStep.Of(file.State) with { Until = usable > now ? usable : now + LookAgain };
        }

        var moved = await editor.MoveAsync(key, WhitelistStatus.Active, s => s with { UsableFrom = usable }, cancellation);
        await news.ChangedAsync(file.State.EntryId, "active", "pipeline", "The cooling-off is over.", found.Entry.Digest(), cancellation, $"{usable.ToUnixTimeSeconds()}");
        return WhitelistStep.Of(moved!.State);
    }
}
