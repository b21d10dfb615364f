using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Engine;

/// <summary>One run of an activity.</summary>
/// <param name="Name">The activity.</param>
/// <param name="InstanceId">The instance that called it.</param>
/// <param name="ExecutionId">The instance's execution.</param>
/// <param name="TaskId">The call's number in that execution.</param>
/// <param name="SerializedInput">The input's text; null for none.</param>
/// <param name="Converter">Reads the input.</param>
/// <param name="TraceParent">The W3C trace context that the instance was scheduled under.</param>
/// <param name="Cancellation">Fires when the host stops; the run's result is then not recorded, and it runs again.</param>
public sealed record ActivityCall(
    string Name,
    string InstanceId,
    string ExecutionId,
    int TaskId,
    string? SerializedInput,
    DataConverter Converter,
    string? TraceParent,
    CancellationToken Cancellation);
