using Custody.LocalRuntime.Engine;
using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Tests.Engine;

/// <summary>Orchestrators and activities written as lambdas.</summary>
internal sealed class Catalog
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = [];
    private readonly Dictionary<string, Func<ActivityCall, Task<object?>>> _activities = [];

    public Catalog Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> run)
    {
        // No ConfigureAwait(false): the orchestrator's continuations stay on its thread.
        _orchestrators[name] = async context => await run(context);
        return this;
    }

    public Catalog Activity<TIn, TOut>(string name, Func<TIn, TOut> run) => Activity<TIn, TOut>(name, (input, _) => Task.FromResult(run(input)));

    public Catalog Activity<TIn, TOut>(string name, Func<TIn, ActivityCall, Task<TOut>> run)
    {
        _activities[name] = async call => await run(call.Converter.Deserialize<TIn>(call.SerializedInput)!, call);
        return this;
    }

    public DurableCatalog Build() => new(_orchestrators, _activities);
}
