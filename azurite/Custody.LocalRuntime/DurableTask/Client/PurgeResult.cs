namespace Microsoft.DurableTask.Client;

/// <summary>What a purge has removed.</summary>
public class PurgeResult
{
    /// <summary>A count of purged instances.</summary>
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    /// <summary>A count of purged instances, and whether all that were meant are gone.</summary>
    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    /// <summary>How many instances are gone.</summary>
    public int PurgedInstanceCount { get; }

    /// <summary>Whether all that were meant are gone; null when not known.</summary>
    public bool? IsComplete { get; }
}
