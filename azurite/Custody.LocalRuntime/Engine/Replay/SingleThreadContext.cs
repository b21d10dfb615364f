namespace Custody.LocalRuntime.Engine.Replay;

/// <summary>
/// Runs an orchestrator's continuations one after another on whichever thread pumps them. A continuation posted by any other
/// thread belongs to an await that is not the orchestration context's: it is dropped and reported, because what it
/// would do cannot be replayed.
/// </summary>
internal sealed class SingleThreadContext(Action foreignAwait) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private int _pumpingThread;

    /// <summary>True on the thread that runs the orchestrator, while it does.</summary>
    public bool IsOwn => Volatile.Read(ref _pumpingThread) == Environment.CurrentManagedThreadId;

    /// <summary>Runs <paramref name="action"/> and all that follows from it.</summary>
    public void Run(Action action)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        Volatile.Write(ref _pumpingThread, Environment.CurrentManagedThreadId);
        try
        {
            action();
            while (_posted.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            Volatile.Write(ref _pumpingThread, 0);
            SetSynchronizationContext(outer);
        }
    }

    /// <inheritdoc />
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsOwn)
        {
            _posted.Enqueue((d, state));
        }
        else
        {
            foreignAwait();
        }
    }

    /// <inheritdoc />
    public override void Send(SendOrPostCallback d, object? state) => Post(d, state);

    /// <inheritdoc />
    public override SynchronizationContext CreateCopy() => this;
}
