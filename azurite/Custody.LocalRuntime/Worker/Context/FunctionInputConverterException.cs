namespace Microsoft.Azure.Functions.Worker;

/// <summary>What came with the trigger could not be made a parameter of the function.</summary>
public class FunctionInputConverterException : FunctionWorkerException
{
    /// <summary>Names the parameter and what was expected.</summary>
    public FunctionInputConverterException(string message)
        : base(message)
    {
    }

    /// <summary>Names the parameter and what was expected, with the cause.</summary>
    public FunctionInputConverterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
