using Custody.LocalRuntime.Engine.History;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>Something that has happened to an instance and is not committed yet.</summary>
/// <param name="Event">The row that it becomes; null to only have the instance looked at.</param>
/// <param name="ExecutionId">The execution that it belongs to; null for whichever is current.</param>
/// <param name="Acknowledge">Ends once it is durable, or with the reason why it is not.</param>
/// <param name="AwaitRow">True when the acknowledgement waits for the Instances row to show it.</param>
/// <param name="Fault">Why the execution is to fail.</param>
internal sealed record InstanceMessage(
    HistoryEvent? Event,
    string? ExecutionId = null,
    TaskCompletionSource? Acknowledge = null,
    bool AwaitRow = false,
    Exception? Fault = null)
{
    public static InstanceMessage Look { get; } = new((HistoryEvent?)null);
}
