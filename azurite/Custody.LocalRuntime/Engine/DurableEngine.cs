using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.LocalRuntime.Engine.Client;
using Custody.LocalRuntime.Engine.Dispatch;
using Custody.LocalRuntime.Engine.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Engine;

/// <summary>
/// Runs durable orchestrations over Azure Tables and Blobs in the official provider's layout. Storage is the truth: what is in
/// memory is the work list, which a start rebuilds from it.
/// </summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly EngineParts _parts;
    private readonly HubLease _lease;
    private readonly EngineWorkers _workers;
    private readonly InstanceStarter _starter;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _ending;

    private DurableEngine(EngineParts parts, BlobServiceClient blobs)
    {
        _parts = parts;
        _lease = new HubLease(blobs.GetBlobContainerClient(parts.Names.LeaseContainer), parts.Names.LeaseBlob, parts.Log);
        _workers = new EngineWorkers(parts, Fail);
        _starter = new InstanceStarter(parts, Fail);
        Client = new EngineClient(parts, _starter, ReadyAsync, Fail);
    }

    /// <summary>Schedules, asks and steers instances; its calls wait for the start.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Ends, with the reason, when the engine has stopped itself: the process must then exit and start again.</summary>
    public Task<string> Stopped => _stopped.Task;

    /// <summary>An engine that is not started yet.</summary>
    public static DurableEngine Create(
        DurableEngineOptions options,
        TableServiceClient tables,
        BlobServiceClient blobs,
        DurableCatalog catalog,
        TimeProvider time,
        ILoggerFactory logs)
    {
        var names = new HubNames(options.HubName);
        var payloads = new PayloadBlobs(blobs.GetBlobContainerClient(names.LargeMessages));
        var parts = new EngineParts(
            options,
            catalog.IgnoringCase(),
            names,
            new InstanceStore(tables.GetTableClient(names.Instances), names.Hub),
            new HistoryStore(tables.GetTableClient(names.History), payloads, time),
            payloads,
            new InstanceDirectory(),
            new TimerQueue(time),
            new SemaphoreSlim(1),
            time,
            logs,
            logs.CreateLogger("Custody.LocalRuntime.Engine"));
        return new DurableEngine(parts, blobs);
    }

    /// <summary>Takes the hub, creates what is missing in storage, and resumes every live instance.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await StartWorkAsync(cancellation).ConfigureAwait(false);
            _ready.TrySetResult();
        }
        catch (Exception e)
        {
            _ready.TrySetException(e);
            _ = _ready.Task.Exception;
            throw;
        }
    }

    /// <summary>Lets what is being committed end, and gives the hub up. Activities are cancelled, and run again after the next start.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _ending, 1) == 1)
        {
            return;
        }

        _ready.TrySetException(new InvalidOperationException("The Durable Task engine was stopped before it had started."));
        _ = _ready.Task.Exception;
        await _workers.StopAsync(new OperationCanceledException("The Durable Task engine is stopping."), cancellation).ConfigureAwait(false);
        _parts.Timers.Dispose();
        await _lease.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    private async Task StartWorkAsync(CancellationToken cancellation)
    {
        await _lease.AcquireAsync(_parts.Options.LeaseWait, cancellation).ConfigureAwait(false);
        _lease.KeepRenewing(reason => Fail(new HubConflictException(reason)));
        await _parts.Instances.CreateAsync(cancellation).ConfigureAwait(false);
        await _parts.History.CreateAsync(cancellation).ConfigureAwait(false);
        await _parts.Blobs.CreateAsync(cancellation).ConfigureAwait(false);
        var live = 0;
        await foreach (var record in _parts.Instances.LiveAsync(cancellation).ConfigureAwait(false))
        {
            // A begun instance's input is in its history.
            var known = record.RuntimeStatus == InstanceStatus.Pending ? record : record with { Input = null, ScheduledStartTime = null };
            _starter.Dispatch(new InstanceSlot(known, new RowProjection(known, _parts.Instances, Fail)) { NeedsDispatch = true });
            live++;
        }

        _workers.Start();
        EngineLog.Started(_parts.Log, _parts.Names.Hub, live);
    }

    private async Task ReadyAsync(CancellationToken cancellation)
    {
        await _ready.Task.WaitAsync(cancellation).ConfigureAwait(false);
        if (_stopped.Task.IsCompleted || Volatile.Read(ref _ending) == 1)
        {
            throw new InvalidOperationException(
                $"The Durable Task engine has stopped: {(_stopped.Task.IsCompleted ? await _stopped.Task.ConfigureAwait(false) : "the host is stopping")}");
        }
    }

    private void Fail(Exception reason)
    {
        if (Volatile.Read(ref _ending) == 0 && _stopped.TrySetResult(reason.Message))
        {
            EngineLog.StoppedItself(_parts.Log, reason.Message, reason);
            _workers.Abandon(new InvalidOperationException($"The Durable Task engine has stopped: {reason.Message}", reason));
        }
    }
}
