using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Scenarios.Steps;

namespace Custody.Scenarios.Scripts;

/// <summary>A script whose steps are all known. Variables in a step are filled in when its turn comes.</summary>
internal sealed class Script
{
    // Unknown, repeated and missing members are errors everywhere: a typing error must never make an expectation vanish.
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
        ReadCommentHandling = JsonCommentHandling.Disallow,
    };

    private const int MostNodes = 5;

    private Script(string name, IReadOnlyList<JsonObject> steps, bool coolsOff, int nodes) => (Name, Steps, CoolsOff, Nodes) = (name, steps, coolsOff, nodes);

    public string Name { get; }

    public IReadOnlyList<JsonObject> Steps { get; }

    /// <summary>True when new whitelist entries cool off in the system that it finds.</summary>
    public bool CoolsOff { get; }

    /// <summary>How many providers the chain has.</summary>
    public int Nodes { get; }

    /// <summary>Reads a script; throws <see cref="JsonException"/> for anything that is not known.</summary>
    public static Script Parse(string name, byte[] json)
    {
        var file = ReadFile(json);
        if (file.Why.Length == 0 || file.Steps.Count == 0)
        {
            throw new JsonException("A script says why, and has steps.");
        }

        if (file.System is not (null or "coolingOff"))
        {
            throw new JsonException($"There is no system '{file.System}'.");
        }

        if (file.Nodes is < 1 or > MostNodes)
        {
            throw new JsonException($"A chain has 1 to {MostNodes} nodes.");
        }

        var steps = Repetition.WrittenOut(file.Steps);
        for (var i = 0; i < steps.Count; i++)
        {
            try
            {
                if (Read(steps[i]) is NodeStep { Node: var node } && (node < 1 || node > file.Nodes))
                {
                    throw new JsonException($"There is no node {node}.");
                }
            }
            catch (Exception malformed) when (malformed is JsonException or NotSupportedException or ArgumentException)
            {
                // A step without "do" is "not supported" to the serializer, and a member twice an "argument" to the tree.
                throw new JsonException($"step {i + 1}: {malformed.Message}", malformed);
            }
        }

        return new Script(name, steps, file.System is not null, file.Nodes);
    }

    /// <summary>A step with its variables filled in.</summary>
    public async Task<Step> ExpandAsync(int index, IVariables variables, CancellationToken cancellation) =>
        Read((JsonObject)(await Placeholders.FillAsync(Steps[index], variables, cancellation))!);

    /// <summary>A step as a failure names it.</summary>
    public string Describe(int index) => Steps[index].ToJsonString() is { Length: > 300 } text ? text[..300] + "…" : Steps[index].ToJsonString();

    private static ScriptFile ReadFile(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<ScriptFile>(json, Strict) ?? throw new JsonException("The script is null.");
        }
        catch (ArgumentException repeated)
        {
            throw new JsonException($"A member stands twice: {repeated.Message}", repeated);
        }
    }

    private static Step Read(JsonObject step)
    {
        var read = step.Deserialize<Step>(Strict) ?? throw new JsonException("The step is null.");
        return read.Problem() is { } problem ? throw new JsonException(problem) : read;
    }
}
