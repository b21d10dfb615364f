using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace Custody.LocalRuntime.Engine;

/// <summary>How the engine runs; the defaults are the Functions host's.</summary>
public sealed record DurableEngineOptions
{
    /// <summary>The task hub: the prefix of its tables and containers (letters and digits, 3 to 45, a letter first).</summary>
    public string HubName { get; init; } = "custody";

    /// <summary>True to keep an instance's orchestrator in memory between episodes instead of replaying it each time.</summary>
    public bool ExtendedSessions { get; init; }

    /// <summary>How long an orchestrator without events stays in memory when <see cref="ExtendedSessions"/> is on.</summary>
    public TimeSpan ExtendedSessionIdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many activities run at once.</summary>
    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>How many instances run an episode at once.</summary>
    public int MaxConcurrentOrchestrations { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>How long a start waits for another host to give up the hub before it fails.</summary>
    public TimeSpan LeaseWait { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Turns inputs, outputs and events into text: PascalCase out, any case in, as the Functions worker does.</summary>
    public DataConverter Converter { get; init; } = new JsonDataConverter(new() { PropertyNameCaseInsensitive = true });
}
