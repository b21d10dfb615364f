namespace Microsoft.DurableTask;

/// <summary>When and how often a failed activity is tried again.</summary>
public class RetryPolicy
{
    /// <summary>Checks and keeps the policy.</summary>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        ThrowIfShorter(maxRetryInterval, firstRetryInterval, nameof(maxRetryInterval));
        ThrowIfShorter(retryTimeout, firstRetryInterval, nameof(retryTimeout));
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>How often it is tried in all.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The time between the first attempt's end and the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>What each interval is multiplied with to get the next; 1 keeps it.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest interval.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>No attempt starts this long after the first one.</summary>
    public TimeSpan RetryTimeout { get; }

    private static void ThrowIfShorter(TimeSpan? value, TimeSpan least, string name)
    {
        if (value is { } given && given != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, least, name);
        }
    }
}
