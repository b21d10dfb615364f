using System.Diagnostics;
using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Calls anything of the API as anybody.</summary>
internal sealed record CallStep : HttpStep
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>GET or POST.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The path below /api/v1/.</summary>
    public required string Path { get; init; }

    public required string Who { get; init; }

    /// <summary>The body as text.</summary>
    public string? Body { get; init; }

    /// <summary>
    /// Members that the answer's object must have, with these very values; one that begins with a slash is a path to it. A GET is asked
    /// again until it has them: what is read may be written a moment after what the script waited for.
    /// </summary>
    public JsonObject? Answer { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var answer = await world.Api.SendAsync(
                new HttpMethod(Method), Path, Who, Token, Body is null ? null : System.Text.Encoding.UTF8.GetBytes(Body), "application/jose", null, cancellation);
            if (Difference(answer) is not { } difference)
            {
                return answer;
            }

            if (Method != "GET" || waited.Elapsed > Longest)
            {
                throw new ScenarioException($"{difference}: {answer.Text}");
            }

            await Task.Delay(250, cancellation);
        }
    }

    private string? Difference(Answer answer)
    {
        foreach (var (name, value) in Answer ?? [])
        {
            var found = name.StartsWith('/') ? At(answer.Body, name) : answer.Body?[name];
            if (!JsonNode.DeepEquals(found, value))
            {
                return $"the answer's {name} is {found?.ToJsonString() ?? "absent"}, and should be {value?.ToJsonString() ?? "absent"}";
            }
        }

        return null;
    }

    private static JsonNode? At(JsonNode? node, string path) => path.Split('/').Skip(1).Aggregate(node, (at, part) => at switch
    {
        JsonObject item => item[part],
        JsonArray items when int.TryParse(part, out var index) && index < items.Count => items[index],
        _ => null,
    });
}
