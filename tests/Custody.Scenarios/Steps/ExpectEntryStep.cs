using System.Text.Json;
using Custody.Core.Results;
using Custody.Core.Whitelisting;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A whitelist entry is as it should be.</summary>
internal sealed record ExpectEntryStep : PolledStep
{
    public required string Entry { get; init; }

    /// <summary>The status, as the API writes it; <c>none</c> when there must be no such entry.</summary>
    public required string Status { get; init; }

    /// <summary>The code of an end.</summary>
    public string? Reason { get; init; }

    public override string? Problem() => Status == "none" || Enum.GetValues<WhitelistStatus>().Any(s => Text(s) == Status) ? null : $"There is no status {Status}.";

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var id = world.Entries.TryGetValue(Entry, out var known) ? known.Id : Entry;
        if ((await world.Storage.Custody.Whitelist.LoadAsync(WhitelistKey.Of(id), cancellation))?.State is not { } state)
        {
            return Status == "none" ? null : $"there is no whitelist entry '{Entry}'";
        }

        var reason = state.Reason == RefusalCode.Unspecified ? null : state.Reason.Text();
        return Text(state.Status) == Status && (Reason is null || reason == Reason) ? null
            : $"the entry '{Entry}' is {Text(state.Status)}, reason {reason ?? "none"} ({state.ReasonDetail})";
    }

    private static string Text(WhitelistStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
