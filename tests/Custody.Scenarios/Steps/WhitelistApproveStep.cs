using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An approver signs a whitelist entry's bytes.</summary>
internal sealed record WhitelistApproveStep : HttpStep
{
    public required string Entry { get; init; }

    public required string Who { get; init; }

    /// <summary>The signature is over this entry's bytes in place of the entry's own.</summary>
    public string? Over { get; init; }

    /// <summary>How the signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var entry = await world.EntryAsync(Entry, cancellation);
        var signed = Over is null ? entry : await world.EntryAsync(Over, cancellation);
        var detached = await JwsMaker.MakeAsync(
            world.People.Signer(Sign?.By ?? Who), "custody-whitelist-entry+jws", signed.Payload, world.Now, detached: true, Sign, cancellation);
        return await world.Api.PostSignedAsync($"whitelist/{entry.Id}/approvals", detached, Who, Token, cancellation);
    }
}
