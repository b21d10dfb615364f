using System.Text.Json;

namespace Custody.TestHost;

/// <summary>An order of the runner.</summary>
/// <param name="Action">reload, raiseEvent, schedule, terminate, suspend, resume or purge.</param>
/// <param name="InstanceId">The instance.</param>
/// <param name="Name">The event's or orchestrator's name.</param>
/// <param name="Input">The event's or orchestrator's input.</param>
public sealed record ControlOrder(string Action, string? InstanceId = null, string? Name = null, JsonElement? Input = null);
