using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>The newest fee bump or cancel of a withdrawal is, by the API, as it should be.</summary>
internal sealed record ExpectAmendmentStep : PolledStep
{
    public required string Withdrawal { get; init; }

    /// <summary><c>feeBump</c> or <c>cancel</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>waiting</c>, <c>approved</c> or <c>over</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it is over.</summary>
    public string? Code { get; init; }

    public override string? Problem() => Kind is not ("feeBump" or "cancel") || Status is not ("waiting" or "approved" or "over") ? $"There is no {Kind} that is {Status}." : null;

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var answer = await world.Api.SendAsync(HttpMethod.Get, $"withdrawals/{world.Id(Withdrawal)}/amendments", "olivia", null, null, null, null, cancellation);
        var newest = (answer.Body as JsonObject)?["items"] is JsonArray { Count: > 0 } items ? items[^1] as JsonObject : null;
        return newest is null ? $"nothing was ordered about '{Withdrawal}'"
            : $"{newest["kind"]}" == Kind && $"{newest["status"]}" == Status && (Code is null || $"{newest["code"]}" == Code) ? null
            : $"the newest is a {newest["kind"]} that is {newest["status"]}, {newest["code"]}: {newest["detail"]}";
    }
}
