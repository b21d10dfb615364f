namespace Microsoft.Azure.Functions.Worker;

/// <summary>The host could not run a function.</summary>
public abstract class FunctionWorkerException : Exception
{
    /// <summary>Says why.</summary>
    protected FunctionWorkerException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, with the cause.</summary>
    protected FunctionWorkerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
