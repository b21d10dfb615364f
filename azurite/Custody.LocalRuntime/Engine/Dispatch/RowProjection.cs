using Custody.LocalRuntime.Engine.Storage;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>
/// Keeps one Instances row in line with the history. One write is under way at a time, and what changes meanwhile goes into
/// the next, so that the row never steps back and a busy instance writes it less often than it changes.
/// </summary>
internal sealed class RowProjection(InstanceRecord written, InstanceStore store, Action<Exception> failed)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<InstanceRecord> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<InstanceRecord> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private InstanceRecord _written = written;
    private bool _writing;

    /// <summary>The row as it should be.</summary>
    public InstanceRecord Wanted { get; private set; } = written;

    /// <summary>Ends once the row shows that the instance has started.</summary>
    public Task<InstanceRecord> Started => _started.Task;

    /// <summary>Ends once the row shows that the instance has ended.</summary>
    public Task<InstanceRecord> Ended => _ended.Task;

    /// <summary>Ends once the row is as it should be.</summary>
    public Task Settled { get; private set; } = Task.CompletedTask;

    public void Want(InstanceRecord wanted)
    {
        lock (_lock)
        {
            Wanted = wanted;
            if (!_writing)
            {
                _writing = true;
                Settled = Task.Run(WriteAsync);
            }
        }
    }

    /// <summary>Tells those who wait that this host will not bring the instance further.</summary>
    public void GiveUp(Exception reason)
    {
        _started.TrySetException(reason);
        _ended.TrySetException(reason);
        _ = _started.Task.Exception;
        _ = _ended.Task.Exception;
    }

    private async Task WriteAsync()
    {
        try
        {
            while (Next() is { } next)
            {
                // Not cancelled by a stop: the history has it, and the row should show it.
                var etag = await store.UpdateAsync(_written, next, CancellationToken.None).ConfigureAwait(false);
                _written = next with { ETag = etag };
                Tell(next);
            }
        }
        catch (Exception e)
        {
            failed(e);
        }
    }

    private InstanceRecord? Next()
    {
        lock (_lock)
        {
            var wanted = Wanted with { ETag = _written.ETag };
            if (wanted == _written)
            {
                _writing = false;
                return null;
            }

            return wanted;
        }
    }

    private void Tell(InstanceRecord record)
    {
        if (record.RuntimeStatus != InstanceStatus.Pending)
        {
            _started.TrySetResult(record);
        }

        if (record.HasEnded)
        {
            _ended.TrySetResult(record);
        }
    }
}
