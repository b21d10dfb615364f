namespace Microsoft.DurableTask;

/// <summary>How a task is run.</summary>
public record TaskOptions
{
    /// <summary>Options with the given retries, or none.</summary>
    public TaskOptions(TaskRetryOptions? retry) => Retry = retry;

    /// <summary>How it is retried; not at all when null.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Options that retry by <paramref name="policy"/>.</summary>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(new TaskRetryOptions(policy));
}
