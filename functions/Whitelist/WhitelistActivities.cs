using Custody.Core.Gate;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Whitelist;

/// <summary>The stages of a whitelist entry as activities: each refuses an instance that is not the entry's own.</summary>
public sealed class WhitelistActivities(VetStage vet, ScreenStage screen, CountStage count, MatureStage mature, IDuressWatch duress)
{
    /// <summary>See <see cref="VetStage"/>.</summary>
    [Function(WhitelistSteps.Vet)]
    public Task<WhitelistStep> VetAsync([ActivityTrigger] WhitelistInput input, string instanceId, CancellationToken cancellation) =>
        WatchedAsync(Own(input, instanceId), vet.RunAsync, cancellation);

    /// <summary>See <see cref="ScreenStage"/>.</summary>
    [Function(WhitelistSteps.Screen)]
    public Task<WhitelistStep> ScreenAsync([ActivityTrigger] WhitelistInput input, string instanceId, CancellationToken cancellation) =>
        screen.RunAsync(Own(input, instanceId), cancellation);

    /// <summary>See <see cref="CountStage"/>.</summary>
    [Function(WhitelistSteps.Count)]
    public Task<WhitelistStep> CountAsync([ActivityTrigger] WhitelistInput input, string instanceId, CancellationToken cancellation) =>
        WatchedAsync(Own(input, instanceId), count.RunAsync, cancellation);

    /// <summary>See <see cref="MatureStage"/>.</summary>
    [Function(WhitelistSteps.Mature)]
    public Task<WhitelistStep> MatureAsync([ActivityTrigger] WhitelistInput input, string instanceId, CancellationToken cancellation) =>
        mature.RunAsync(Own(input, instanceId), cancellation);

    // Whatever somebody signed for an entry comes to one of these: an approval to count, the end of a suspension to vet, from which
    // an orchestration starts anew. Not at the door, and not before the status moves: the time that either takes could tell one key
    // from another.
    private async Task<WhitelistStep> WatchedAsync(string key, Func<string, CancellationToken, Task<WhitelistStep>> stage, CancellationToken cancellation)
    {
        try
        {
            return await stage(key, cancellation);
        }
        finally
        {
            await duress.LookAtEntryAsync(key, cancellation);
        }
    }

    // An instance acts only on the entry whose key it bears, whatever its input or a forged history row says.
    private static string Own(WhitelistInput input, string instanceId) => input.Key == instanceId
        ? instanceId
        : throw new InvalidOperationException($"The instance '{instanceId}' is not the whitelist entry's own.");
}
