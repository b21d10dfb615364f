namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>Runs around every invocation.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Does its part and calls <paramref name="next"/>. For an orchestration it returns the next one's task without awaiting it.</summary>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
