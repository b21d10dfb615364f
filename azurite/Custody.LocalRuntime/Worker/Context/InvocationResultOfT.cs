namespace Microsoft.Azure.Functions.Worker;

/// <summary>The result of an invocation, as one type.</summary>
/// <typeparam name="T">The type that the result is seen as.</typeparam>
public abstract class InvocationResult<T>
{
    /// <summary>The result; null while there is none.</summary>
    public abstract T? Value { get; set; }
}
