namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>Runs an invocation, or what is left of its pipeline.</summary>
public delegate Task FunctionExecutionDelegate(FunctionContext context);
