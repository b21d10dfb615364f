namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>The token of one invocation: its cause's own, and host.json's functionTimeout.</summary>
internal sealed class FunctionCancellation : IDisposable
{
    private readonly CancellationTokenSource? _timeout;
    private readonly CancellationTokenSource? _either;

    public FunctionCancellation(CancellationToken cause, TimeSpan? timeout, TimeProvider time)
    {
        if (timeout is null)
        {
            Token = cause;
            return;
        }

        _timeout = new CancellationTokenSource(timeout.Value, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cause, _timeout.Token);
        Token = _either.Token;
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        _either?.Dispose();
        _timeout?.Dispose();
    }
}
