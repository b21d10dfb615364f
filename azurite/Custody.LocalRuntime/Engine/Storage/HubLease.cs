using System.Diagnostics;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>
/// The lease by which one host owns a hub. It runs on real time whatever the engine's clock says, because the storage
/// service counts it down in real time.
/// </summary>
internal sealed class HubLease(BlobContainerClient container, string blobName, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(500);
    private readonly BlobClient _blob = container.GetBlobClient(blobName);
    private readonly CancellationTokenSource _stop = new();
    private readonly LeaseOwner _owner = LeaseOwner.ThisProcess();
    private BlobLeaseClient? _lease;
    private Task _renewing = Task.CompletedTask;

    /// <summary>Takes the lease, waiting up to <paramref name="wait"/> for another owner to let go.</summary>
    public async Task AcquireAsync(TimeSpan wait, CancellationToken cancellation)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation).ConfigureAwait(false);
        await CreateBlobAsync(cancellation).ConfigureAwait(false);
        var waited = Stopwatch.StartNew();
        var told = false;
        while (!await TryAcquireAsync(cancellation).ConfigureAwait(false))
        {
            var owner = await ReadOwnerAsync(cancellation).ConfigureAwait(false);
            if (owner is not null && owner.IsDeadHere())
            {
                await BreakAsync(cancellation).ConfigureAwait(false);
                continue;
            }

            if (waited.Elapsed >= wait)
            {
                throw new InvalidOperationException(
                    $"Another host owns this task hub ({owner?.ToString() ?? "unknown"}; lease on {blobName}). " +
                    "Stop it, or give this one a hub of its own.");
            }

            if (!told)
            {
                EngineLog.WaitingForHub(log, blobName, owner?.ToString() ?? "unknown");
                told = true;
            }

            await Task.Delay(RetryEvery, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Renews the lease until disposed; calls <paramref name="lost"/> once when it is gone.</summary>
    public void KeepRenewing(Action<string> lost) => _renewing = RenewAsync(lost);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        if (_lease is not null)
        {
            try
            {
                await _lease.ReleaseAsync().ConfigureAwait(false);
            }
            catch (RequestFailedException)
            {
                // It was lost or storage is gone: either way it is not ours any more, and it runs out by itself.
            }
        }

        _stop.Dispose();
    }

    private async Task CreateBlobAsync(CancellationToken cancellation)
    {
        try
        {
            await _blob.UploadAsync(
                _owner.ToBinary(), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellation)
                .ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // It is there already, and perhaps leased.
        }
    }

    private async Task<bool> TryAcquireAsync(CancellationToken cancellation)
    {
        try
        {
            var lease = _blob.GetBlobLeaseClient(_owner.OwnerId);
            await lease.AcquireAsync(Duration, cancellationToken: cancellation).ConfigureAwait(false);
            await _blob.UploadAsync(
                _owner.ToBinary(), new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = lease.LeaseId } }, cancellation)
                .ConfigureAwait(false);
            _lease = lease;
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    private async Task<LeaseOwner?> ReadOwnerAsync(CancellationToken cancellation)
    {
        try
        {
            return LeaseOwner.From((await _blob.DownloadContentAsync(cancellation).ConfigureAwait(false)).Value.Content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Ends a dead process's lease at once: it would hold up every restart after a crash for its whole duration.</summary>
    private async Task BreakAsync(CancellationToken cancellation)
    {
        try
        {
            await _blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // It ran out in between.
        }
    }

    private async Task RenewAsync(Action<string> lost)
    {
        var lastRenewed = Stopwatch.StartNew();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(RenewEvery, TimeProvider.System, _stop.Token).ConfigureAwait(false);
                await _lease!.RenewAsync(cancellationToken: _stop.Token).ConfigureAwait(false);
                lastRenewed.Restart();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                lost($"Another host has taken this task hub (lease on {blobName}: {e.ErrorCode}).");
                return;
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException)
            {
                if (lastRenewed.Elapsed > Duration)
                {
                    lost($"Storage cannot be reached, so the task hub's lease has run out: {e.Message}");
                    return;
                }
            }
        }
    }
}
