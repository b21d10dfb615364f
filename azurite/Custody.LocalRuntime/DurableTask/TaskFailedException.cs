namespace Microsoft.DurableTask;

/// <summary>Thrown in an orchestrator when an activity that it called has failed for good.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>A failure as the history has it.</summary>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base($"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {failureDetails.ErrorMessage}")
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The activity.</summary>
    public string TaskName { get; }

    /// <summary>The task's number in its instance.</summary>
    public int TaskId { get; }

    /// <summary>What made it fail.</summary>
    public TaskFailureDetails FailureDetails { get; }

    /// <summary>True when the failure is a <typeparamref name="T"/> or derived from it.</summary>
    public bool IsCausedByException<T>()
        where T : Exception => FailureDetails.IsCausedBy<T>();
}
