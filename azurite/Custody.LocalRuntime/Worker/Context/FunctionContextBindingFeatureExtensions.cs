using Custody.LocalRuntime.Hosting.Invocation;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What middleware sees and changes of an invocation's data.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>The function's result; middleware that does not call the next one sets it.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) => new InvocationOutcomeResult(InvocationOutcome.Of(context));

    /// <summary>The function's result as the given type.</summary>
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context) =>
        new InvocationOutcomeResult<T>(InvocationOutcome.Of(context));
}
