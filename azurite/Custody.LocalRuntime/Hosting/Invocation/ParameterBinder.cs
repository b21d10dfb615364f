namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>
/// Gives one parameter its value; throws <see cref="Microsoft.Azure.Functions.Worker.FunctionInputConverterException"/> when
/// what came with the trigger does not fit it.
/// </summary>
internal delegate ValueTask<object?> ParameterBinder(LocalInvocation invocation);
