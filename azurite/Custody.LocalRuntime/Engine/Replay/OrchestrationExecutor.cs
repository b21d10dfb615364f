using System.Text;
using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Engine.Replay;

/// <summary>
/// Runs one execution of an orchestrator over its history. It holds no truth of its own: feeding the same rows to a new
/// executor brings it to the same place.
/// </summary>
internal sealed class OrchestrationExecutor
{
    private const int MaxCustomStatusBytes = 16 * 1024;
    private readonly DurableCatalog _catalog;
    private readonly DataConverter _converter;
    private readonly SingleThreadContext _thread;
    private readonly ReplayContext _context;
    private readonly Queue<HistoryEvent> _unseen = new();
    private readonly Action _foreignAwait;
    private Task<object?>? _running;
    private Exception? _fault;
    private bool _suspended;
    private int _episodes;

    /// <param name="start">The execution's start.</param>
    /// <param name="catalog">Where its orchestrator is.</param>
    /// <param name="converter">Turns values into text and back.</param>
    /// <param name="logs">For the orchestrator's own loggers.</param>
    /// <param name="foreignAwait">Called, from any thread, when the orchestrator goes on outside its thread.</param>
    public OrchestrationExecutor(
        HistoryEvent.ExecutionStarted start, DurableCatalog catalog, DataConverter converter, ILoggerFactory logs, Action foreignAwait)
    {
        Start = start;
        _catalog = catalog;
        _converter = converter;
        _foreignAwait = foreignAwait;
        _thread = new SingleThreadContext(foreignAwait);
        _context = new ReplayContext(start, converter, logs, _thread, foreignAwait);
    }

    public HistoryEvent.ExecutionStarted Start { get; }

    /// <summary>Null until the orchestrator has set one in this execution.</summary>
    public string? CustomStatus => _context.CustomStatus;

    /// <summary>Actions that no committed row records: the orchestrator has asked for them in the current episode.</summary>
    public IReadOnlyCollection<HistoryEvent> NewActions => _fault is null ? _context.Actions.Unrecorded : [];

    /// <summary>True while the instance sees nothing.</summary>
    public bool IsSuspended => _suspended;

    /// <summary>True when a replay has shown that this execution cannot go on.</summary>
    public bool IsFaulted => _fault is not null;

    /// <summary>True when only the beginning of the execution is committed, and nothing yet of what it led to.</summary>
    public bool HasUnrecordedStart { get; private set; }

    /// <summary>Tells the executor that its new actions are committed.</summary>
    public void Committed() => _context.Actions.ClearUnrecorded();

    /// <summary>The number of the ExecutionCompleted row.</summary>
    public int TakeEndId() => _context.Actions.TakeId();

    /// <summary>True when a result or a timer still has someone to go to.</summary>
    public bool Expects(HistoryEvent input) => input switch
    {
        HistoryEvent.TaskCompleted e => _context.Actions.IsOpen(e.TaskScheduledId),
        HistoryEvent.TaskFailed e => _context.Actions.IsOpen(e.TaskScheduledId),
        _ => true,
    };

    /// <summary>Runs the committed rows again.</summary>
    public void Replay(IReadOnlyList<HistoryEvent> committed)
    {
        _context.Replaying = true;
        foreach (var e in committed)
        {
            if (_fault is null)
            {
                See(e);
            }
        }

        // A beginning that was committed alone (see Checkpoint.MustFitFirst) has its actions still to be recorded.
        var startedOnly = _episodes == 1 && !committed.Any(e => e is HistoryEvent.TaskScheduled or HistoryEvent.TimerCreated);
        HasUnrecordedStart = _fault is null && startedOnly && (_context.Actions.Unrecorded.Count > 0 || _running is { IsCompleted: true });
        if (_fault is null && !startedOnly)
        {
            Catch(_context.Actions.ThrowIfUnrecorded);
            if (_running is { IsCompleted: true })
            {
                _fault ??= new NonDeterminismException("the code ended where the history goes on");
            }
        }
    }

    /// <summary>Runs an episode's new rows and tells where that leads.</summary>
    public Outcome Run(IReadOnlyList<HistoryEvent> inputs)
    {
        _context.Replaying = false;
        if (inputs.OfType<HistoryEvent.ExecutionTerminated>().FirstOrDefault() is { } terminated)
        {
            return new Outcome.Ended(InstanceStatus.Terminated, terminated.Input, null);
        }

        foreach (var e in inputs)
        {
            if (_fault is null)
            {
                See(e);
            }
        }

        return Decide();
    }

    /// <summary>Ends the execution as failed whatever the orchestrator does.</summary>
    public void Fault(Exception fault) => _fault ??= fault;

    private void See(HistoryEvent e)
    {
        switch (e)
        {
            case HistoryEvent.OrchestratorStarted:
                _episodes++;
                Catch(_context.Actions.ThrowIfUnrecorded);
                _context.Now = e.Timestamp;
                break;
            case HistoryEvent.TaskScheduled or HistoryEvent.TimerCreated:
                Catch(() => _context.Actions.Meet(e));
                break;
            case HistoryEvent.ExecutionSuspended:
                _suspended = true;
                break;
            case HistoryEvent.ExecutionResumed:
                _suspended = false;
                while (!_suspended && _unseen.TryDequeue(out var late))
                {
                    Deliver(late);
                }

                break;
            case { IsInput: true } when _suspended:
                _unseen.Enqueue(e);
                break;
            default:
                Deliver(e);
                break;
        }
    }

    private void Deliver(HistoryEvent e)
    {
        try
        {
            _thread.Run(() => Dispatch(e));
        }
        catch (Exception escaped)
        {
            // Only an async void of the orchestrator gets here; it must not take the host down.
            _fault ??= escaped;
        }
    }

    private void Dispatch(HistoryEvent e)
    {
        switch (e)
        {
            case HistoryEvent.ExecutionStarted:
                Begin();
                break;
            case HistoryEvent.TaskCompleted completed:
                _context.Actions.Answer(completed.TaskScheduledId, e);
                break;
            case HistoryEvent.TaskFailed failed:
                _context.Actions.Answer(failed.TaskScheduledId, e);
                break;
            case HistoryEvent.TimerFired fired:
                _context.Actions.Answer(fired.TimerId, e);
                break;
            case HistoryEvent.EventRaised raised:
                _context.Events.Raise(raised);
                break;
        }
    }

    private void Begin()
    {
        if (!_catalog.Orchestrators.TryGetValue(Start.Name, out var orchestrator))
        {
            _fault = new InvalidOperationException(
                $"The app has no orchestrator '{Start.Name}'. It has: {string.Join(", ", _catalog.Orchestrators.Keys)}.");
            return;
        }

        try
        {
            _running = orchestrator(_context);
        }
        catch (Exception e)
        {
            _running = Task.FromException<object?>(e);
        }

        // An orchestrator that ends on a foreign thread never comes back to the pump; this is how that is noticed.
        _ = _running.ContinueWith(
            _ =>
            {
                if (!_thread.IsOwn)
                {
                    _foreignAwait();
                }
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private Outcome Decide()
    {
        if (_fault is null && _context.CustomStatus is { } status && Encoding.Unicode.GetByteCount(status) > MaxCustomStatusBytes)
        {
            _fault = new InvalidOperationException("The custom status is larger than 16 KB of UTF-16 text.");
        }

        var waits = _suspended || _context.Actions.AnyOpen || _context.Events.AnyOpen;
        if (_fault is null && _running is { IsCompleted: false } && !waits)
        {
            _fault = new ForeignAwaitException();
        }

        return _fault is not null ? Failed(_fault) : _running switch
        {
            { IsFaulted: true } => Failed(_running.Exception!.InnerException!),
            { IsCanceled: true } => Failed(new TaskCanceledException(_running)),
            { IsCompleted: true } => Finished(_running.Result),
            _ => new Outcome.Waiting(_suspended),
        };
    }

    private Outcome Finished(object? output)
    {
        if (_context.Restart is { } restart)
        {
            return new Outcome.StartOver(restart.Input, Carried(restart.KeepEvents));
        }

        try
        {
            return new Outcome.Ended(InstanceStatus.Completed, _converter.Serialize(output), null);
        }
        catch (Exception e)
        {
            return Failed(e);
        }
    }

    /// <summary>What the next execution has still to see. A suspension that came after the orchestrator's return holds for the next one.</summary>
    private List<HistoryEvent> Carried(bool keepEvents)
    {
        var carried = new List<HistoryEvent>();
        if (keepEvents)
        {
            carried.AddRange(_context.Events.Kept);
        }

        if (_suspended)
        {
            carried.Add(new HistoryEvent.ExecutionSuspended(_context.Now, "carried over"));
            carried.AddRange(_unseen.OfType<HistoryEvent.EventRaised>());
        }

        return carried;
    }

    private static Outcome.Ended Failed(Exception e) => new(InstanceStatus.Failed, e.Message, TaskFailureDetails.FromException(e));

    private void Catch(Action check)
    {
        try
        {
            check();
        }
        catch (NonDeterminismException e)
        {
            _fault ??= e;
        }
    }
}
