using Microsoft.Extensions.Logging;

namespace Custody.Vaults.ManagedHsm;

/// <summary>Until when the HSM asked not to be asked: whoever comes meanwhile waits too, or is told to come later.</summary>
internal sealed class HsmPause(ManagedHsmOptions options, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    /// <summary>Remembers what an answer asked for.</summary>
    public void Heed(TimeSpan? retryAfter)
    {
        if (retryAfter is not { } asked)
        {
            return;
        }

        ManagedHsmLog.Paused(logger, options.HsmUri.Host, (long)asked.TotalSeconds);
        lock (_lock)
        {
            var until = time.GetUtcNow() + (asked < options.LongestPause ? asked : options.LongestPause);
            _until = until > _until ? until : _until;
        }
    }

    /// <summary>Waits for the end of a pause that is short enough to wait for. What is left of a longer one is returned at once.</summary>
    public async Task<TimeSpan?> PassAsync(CancellationToken cancellation)
    {
        TimeSpan left;
        lock (_lock)
        {
            left = _until - time.GetUtcNow();
        }

        if (left > options.MaxRetryAfter)
        {
            return left;
        }

        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellation).ConfigureAwait(false);
        }

        return null;
    }
}
