using Custody.LocalRuntime.Engine.Dispatch;

namespace Custody.LocalRuntime.Engine;

/// <summary>The loops that run episodes and activities, and the one that drops idle sessions.</summary>
internal sealed class EngineWorkers
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(10);
    private readonly EngineParts _parts;
    private readonly Action<Exception> _failed;
    private readonly ActivityDispatcher _activities;
    private readonly EpisodeRunner _episodes;
    private readonly CancellationTokenSource _stop = new();
    private List<Task> _loops = [];
    private ITimer? _sweeper;

    public EngineWorkers(EngineParts parts, Action<Exception> failed)
    {
        _parts = parts;
        _failed = failed;
        _activities = new ActivityDispatcher(parts);
        _episodes = new EpisodeRunner(parts, _activities);
    }

    public void Start()
    {
        // Else every episode and activity would run in the trace of whoever started the host.
        using var noFlow = ExecutionContext.SuppressFlow();
        _loops =
        [
            .. Enumerable.Range(0, _parts.Options.MaxConcurrentOrchestrations).Select(_ => Task.Run(RunEpisodesAsync)),
            .. Enumerable.Range(0, _parts.Options.MaxConcurrentActivities).Select(_ => Task.Run(() => _activities.WorkAsync(_stop.Token))),
        ];
        if (_parts.Options.ExtendedSessions)
        {
            _sweeper = _parts.Time.CreateTimer(_ => DropIdleSessions(), null, SweepEvery, SweepEvery);
        }
    }

    /// <summary>Stops taking work, waits for what is under way, and tells those who still wait.</summary>
    public async Task StopAsync(Exception reason, CancellationToken cancellation)
    {
        Abandon(reason);
        await Task.WhenAll(_loops).WaitAsync(cancellation).ConfigureAwait(false);
        await Task.WhenAll(_parts.Directory.All.Select(slot => slot.Row.Settled)).WaitAsync(cancellation).ConfigureAwait(false);

        // Once more, for what an episode that was still running has let in.
        Abandon(reason);
    }

    /// <summary>Stops taking work at once, and tells those who wait why.</summary>
    public void Abandon(Exception reason)
    {
        _stop.Cancel();
        _sweeper?.Dispose();
        foreach (var slot in _parts.Directory.All)
        {
            slot.End().ForEach(message => message.Acknowledge?.TrySetException(reason));
            slot.Row.GiveUp(reason);
        }
    }

    private async Task RunEpisodesAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var slot = await _parts.Directory.Ready.ReadAsync(_stop.Token).ConfigureAwait(false);

                // The episode itself is not cancelled: a commit that was begun should be waited for, so that it can be acknowledged.
                await _episodes.RunAsync(slot, CancellationToken.None).ConfigureAwait(false);
                _parts.Directory.EndTurn(slot);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _failed(e);
                return;
            }
        }
    }

    private void DropIdleSessions()
    {
        var idleSince = _parts.Time.GetUtcNow() - _parts.Options.ExtendedSessionIdleTimeout;
        foreach (var slot in _parts.Directory.All)
        {
            slot.TryDropSession(idleSince);
        }
    }
}
