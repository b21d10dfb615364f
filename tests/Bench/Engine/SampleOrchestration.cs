using System.Collections.Concurrent;
using Custody.LocalRuntime.Engine;
using Microsoft.DurableTask;

namespace Custody.Bench.Engine;

/// <summary>Three activities, two external events, three activities, and the custom status set twice: the shape of a withdrawal.</summary>
internal sealed class SampleOrchestration
{
    public const string Name = "SampleV1";
    public const string WaitingName = "WaitingV1";
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    /// <summary>Ends when the instance is about to wait for its first event.</summary>
    public Task UntilWaitingAsync(string id) => Signal(id).Task;

    public DurableCatalog Catalog() => new(
        new Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> { [Name] = RunAsync, [WaitingName] = WaitAsync },
        new Dictionary<string, Func<ActivityCall, Task<object?>>> { ["Step"] = StepAsync });

    private static async Task<object?> RunAsync(TaskOrchestrationContext context)
    {
        var reference = context.GetInput<string>();
        for (var step = 0; step < 3; step++)
        {
            reference = await context.CallActivityAsync<string>("Step", new StepInput(step, reference!));
        }

        context.SetCustomStatus(new { stage = "AwaitingApproval" });
        await context.WaitForExternalEvent<string>("first");
        await context.WaitForExternalEvent<string>("second");
        context.SetCustomStatus(new { stage = "Approved" });
        for (var step = 3; step < 6; step++)
        {
            reference = await context.CallActivityAsync<string>("Step", new StepInput(step, reference!));
        }

        return reference;
    }

    private static async Task<object?> WaitAsync(TaskOrchestrationContext context) => await context.WaitForExternalEvent<string>("never");

    private Task<object?> StepAsync(ActivityCall call)
    {
        var input = call.Converter.Deserialize<StepInput>(call.SerializedInput)!;
        if (input.Step == 2)
        {
            Signal(call.InstanceId).TrySetResult();
        }

        return Task.FromResult<object?>($"{input.Step}:{input.Reference[..8]}");
    }

    private TaskCompletionSource Signal(string id) =>
        _waiting.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed record StepInput(int Step, string Reference);
}
