using Custody.LocalRuntime.Engine.Storage;
using Microsoft.DurableTask.Client;

namespace Custody.LocalRuntime.Engine.Client;

/// <summary>Makes the answer to a status query from an Instances row.</summary>
internal sealed class MetadataReader(EngineParts parts)
{
    public async Task<OrchestrationMetadata> ReadAsync(InstanceRecord record, bool withPayloads, CancellationToken cancellation)
    {
        var id = record.InstanceId;
        return new OrchestrationMetadata(record.Name, id)
        {
            RuntimeStatus = Status(record.RuntimeStatus),
            CreatedAt = record.CreatedTime,
            LastUpdatedAt = record.LastUpdatedTime,
            SerializedCustomStatus = record.CustomStatus is "null" ? null : record.CustomStatus,
            SerializedInput = withPayloads ? await parts.Blobs.ResolveAsync(id, record.Input, cancellation).ConfigureAwait(false) : null,
            SerializedOutput = withPayloads ? await parts.Blobs.ResolveAsync(id, record.Output, cancellation).ConfigureAwait(false) : null,
            FailureDetails = withPayloads && record.RuntimeStatus == InstanceStatus.Failed
                ? (await parts.History.FindEndAsync(id, record.ExecutionId, cancellation).ConfigureAwait(false))?.Failure
                : null,
            DataConverter = withPayloads ? parts.Options.Converter : null,
        };
    }

    // A value that nobody here writes is an end, as it is for the engine: such an instance is not run.
    private static OrchestrationRuntimeStatus Status(string column) =>
        Enum.TryParse<OrchestrationRuntimeStatus>(column, out var status) ? status : OrchestrationRuntimeStatus.Failed;
}
