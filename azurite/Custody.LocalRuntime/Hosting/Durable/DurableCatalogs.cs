using Custody.LocalRuntime.Engine;
using Custody.LocalRuntime.Hosting.Invocation;
using Custody.LocalRuntime.Hosting.Settings;
using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Hosting.Durable;

/// <summary>Lets the Durable Task engine run orchestrators and activities as invocations of this host.</summary>
internal sealed class DurableCatalogs(FunctionCatalogue functions, FunctionRunner runner, HostSettings host, IServiceProvider services, TimeProvider time)
{
    public DurableCatalog Build() => new(
        functions.Orchestrators.ToDictionary(function => function.Method.TaskName, Orchestrator),
        functions.Activities.ToDictionary(function => function.Method.TaskName, Activity));

    // The episode's scope, if it asks for one, is left to the garbage collector: an orchestrator that waits is never resumed
    // in the same episode, so there is no moment at which it could be disposed of.
    private Func<TaskOrchestrationContext, Task<object?>> Orchestrator(Function function) => context =>
        runner.RunEpisodeAsync(new LocalInvocation(function, context, services)
        {
            Trace = InvocationTrace.Of(System.Diagnostics.Activity.Current),
            Values = Instance(context.InstanceId),
        });

    // The engine's dispatcher has opened the call's span already; the invocation runs in it.
    private Func<ActivityCall, Task<object?>> Activity(Function function) => async call =>
    {
        var span = System.Diagnostics.Activity.Current;
        using var cancellation = new FunctionCancellation(call.Cancellation, host.FunctionTimeout, time);
        await using var invocation = new LocalInvocation(function, call, services)
        {
            Trace = InvocationTrace.Of(span, call.TraceParent),
            Values = Instance(call.InstanceId),
            Cancellation = cancellation.Token,
        };
        return await runner.RunAsync(invocation, span);
    };

    private static BindingValues Instance(string id) =>
        new(new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = id });
}
