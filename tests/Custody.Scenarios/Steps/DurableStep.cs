using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>What an intruder with the task hub does, through the app's own durable client.</summary>
internal sealed record DurableStep : Step
{
    private static readonly string[] Known = ["raiseEvent", "schedule", "terminate", "suspend", "resume", "purge"];

    public required string Action { get; init; }

    public required string Instance { get; init; }

    /// <summary>The event's or orchestrator's name.</summary>
    public string? Name { get; init; }

    /// <summary>The event's or orchestrator's input.</summary>
    public JsonNode? Input { get; init; }

    public override string? Problem() =>
        !Known.Contains(Action) ? $"There is no durable action {Action}; there are {string.Join(", ", Known)}."
        : Name is null == Action is "raiseEvent" or "schedule" ? "raiseEvent and schedule have a name, and nothing else has."
        : null;

    public override Task RunAsync(World world, CancellationToken cancellation) =>
        world.App.OrderAsync(new { action = Action, instanceId = Instance, name = Name, input = Input }, cancellation);
}
