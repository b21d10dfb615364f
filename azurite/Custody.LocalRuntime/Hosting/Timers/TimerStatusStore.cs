using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Timers;

/// <summary>Schedules' statuses where the official host keeps them: a small JSON blob for each function.</summary>
internal sealed class TimerStatusStore(BlobServiceClient blobs, string hostId)
{
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient("azure-webjobs-hosts");

    public Task PrepareAsync(CancellationToken cancellation) => _container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>The stored status, or null.</summary>
    public async Task<TimerStatus?> ReadAsync(string function, CancellationToken cancellation)
    {
        try
        {
            BlobDownloadResult blob = await Blob(function).DownloadContentAsync(cancellation);
            return blob.Content.ToObjectFromJson<ScheduleStatus>() is { } status ? new TimerStatus(status, blob.Details.ETag) : null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Replaces the version that was read; fails with 409 or 412 when another host has replaced it meanwhile.</summary>
    public async Task<TimerStatus> WriteAsync(string function, TimerStatus status, CancellationToken cancellation)
    {
        var condition = status.Version is { } version
            ? new BlobRequestConditions { IfMatch = version }
            : new BlobRequestConditions { IfNoneMatch = ETag.All };
        var options = new BlobUploadOptions { Conditions = condition };
        BlobContentInfo written = await Blob(function).UploadAsync(BinaryData.FromObjectAsJson(status.Schedule), options, cancellation);
        return status with { Version = written.ETag };
    }

    private BlobClient Blob(string function) => _container.GetBlobClient($"timers/{hostId}/Host.Functions.{function}/status");
}
