using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Calls anything of the API as anybody.</summary>
internal sealed record CallStep : HttpStep
{
    /// <summary>GET or POST.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The path below /api/v1/.</summary>
    public required string Path { get; init; }

    public required string Who { get; init; }

    /// <summary>The body as text.</summary>
    public string? Body { get; init; }

    /// <summary>Members that the answer's object must have, with these very values; one that begins with a slash is a path to it.</summary>
    public JsonObject? Answer { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var answer = await world.Api.SendAsync(
            new HttpMethod(Method), Path, Who, Token, Body is null ? null : System.Text.Encoding.UTF8.GetBytes(Body), "application/jose", null, cancellation);
        foreach (var (name, value) in Answer ?? [])
        {
            var found = name.StartsWith('/') ? At(answer.Body, name) : answer.Body?[name];
            if (!JsonNode.DeepEquals(found, value))
            {
                throw new ScenarioException($"the answer's {name} is {found?.ToJsonString() ?? "absent"}, and should be {value?.ToJsonString() ?? "absent"}: {answer.Text}");
            }
        }

        return answer;
    }

    private static JsonNode? At(JsonNode? node, string path) => path.Split('/').Skip(1).Aggregate(node, (at, part) => at switch
    {
        JsonObject item => item[part],
        JsonArray items when int.TryParse(part, out var index) && index < items.Count => items[index],
        _ => null,
    });
}
