using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Engine;

/// <summary>The app's orchestrators and activities; names compare ignoring case.</summary>
/// <param name="Orchestrators">An orchestrator gets its context and gives its output.</param>
/// <param name="Activities">An activity gets its call and gives its output.</param>
public sealed record DurableCatalog(
    IReadOnlyDictionary<string, Func<TaskOrchestrationContext, Task<object?>>> Orchestrators,
    IReadOnlyDictionary<string, Func<ActivityCall, Task<object?>>> Activities)
{
    internal DurableCatalog IgnoringCase() => new(
        new Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>>(Orchestrators, StringComparer.OrdinalIgnoreCase),
        new Dictionary<string, Func<ActivityCall, Task<object?>>>(Activities, StringComparer.OrdinalIgnoreCase));
}
