namespace Custody.Storage.Access;

/// <summary>
/// Lets callers of one process that write the same partition wait for each other instead of losing races to each other. It
/// only saves requests: what is written is decided by the row's version.
/// </summary>
internal sealed class StripedGate
{
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<T> RunAsync<T>(string key, Func<Task<T>> action, CancellationToken cancellation)
    {
        var stripe = _stripes[(uint)key.GetHashCode(StringComparison.Ordinal) % (uint)_stripes.Length];
        await stripe.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await action().ConfigureAwait(false);
        }
        finally
        {
            stripe.Release();
        }
    }
}
