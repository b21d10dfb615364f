using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Whitelist;

/// <summary>The stages of a whitelist entry as activities: each refuses an instance that is not the entry's own.</summary>
public sealed class WhitelistActivities(VetStage vet, CountStage count, MatureStage mature)
{
    /// <summary>See <see cref="VetStage"/>.</summary>
    [Function(WhitelistSteps.Vet)]
    public Task<WhitelistStep> VetAsync([ActivityTrigger] WhitelistInput input, string instanceId, CancellationToken cancellation) =>
        vet.RunAsync(Own(input, instanceId), cancellation);

    /// <summary>See <see cref="CountStage"/>.</summary>
    [Function(WhitelistSteps.Count)]
    public Task<WhitelistStep> CountAsync([ActivityTrigger] WhitelistInput input, string instanceId, CancellationToken cancellation) =>
        count.RunAsync(Own(input, instanceId), cancellation);

    /// <summary>See <see cref="MatureStage"/>.</summary>
    [Function(WhitelistSteps.Mature)]
    public Task<WhitelistStep> MatureAsync([ActivityTrigger] WhitelistInput input, string instanceId, CancellationToken cancellation) =>
        mature.RunAsync(Own(input, instanceId), cancellation);

    // An instance acts only on the entry whose key it bears, whatever its input or a forged history row says.
    private static string Own(WhitelistInput input, string instanceId) => input.Key == instanceId
        ? instanceId
        : throw new InvalidOperationException($"The instance '{instanceId}' is not the whitelist entry's own.");
}
