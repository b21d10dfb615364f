using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>What the Durable Functions Monitor shows of a withdrawal.</summary>
internal sealed record ExpectCustomStatusStep : PolledStep
{
    public required string Withdrawal { get; init; }

    /// <summary>Members that the custom status must have, with these very values.</summary>
    public required JsonObject Members { get; init; }

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var text = await InstanceRows.ColumnAsync(world, world.Id(Withdrawal), "CustomStatus", cancellation);
        var status = text is null ? null : JsonNode.Parse(text) as JsonObject;
        return status is not null && Members.All(m => JsonNode.DeepEquals(status[m.Key], m.Value)) ? null : $"the custom status is {text ?? "absent"}";
    }
}
