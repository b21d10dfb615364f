using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>Runs invocations through the app's middleware. Functions log under <c>Function.{name}</c>, as in the official host.</summary>
internal sealed partial class FunctionRunner
{
    private readonly FunctionExecutionDelegate _pipeline;
    private readonly ILoggerFactory _logs;
    private readonly TimeProvider _time;

    public FunctionRunner(IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, ILoggerFactory logs, TimeProvider time)
    {
        _logs = logs;
        _time = time;
        _pipeline = middleware.Reverse().Aggregate<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>, FunctionExecutionDelegate>(
            context => Execute(LocalInvocation.Of(context)), (next, add) => add(next));
    }

    /// <summary>Runs an invocation under its span; the function's exception is the caller's to handle.</summary>
    public async Task<object?> RunAsync(LocalInvocation invocation, Activity? span)
    {
        var log = _logs.CreateLogger("Function." + invocation.Function.Name);
        var started = _time.GetTimestamp();
        Executing(log, invocation.Function.Name, invocation.InvocationId);
        try
        {
            await _pipeline(invocation);
            Executed(log, invocation.Function.Name, invocation.InvocationId, _time.GetElapsedTime(started).TotalMilliseconds);
            return invocation.Outcome.Value;
        }
        catch (FunctionInputConverterException e)
        {
            InputRefused(log, invocation.Function.Name, invocation.InvocationId, e.Message);
            throw;
        }
        catch (OperationCanceledException) when (invocation.Cancellation.IsCancellationRequested)
        {
            Cancelled(log, invocation.Function.Name, invocation.InvocationId);
            throw;
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            span?.AddException(e);
            Failed(log, e, invocation.Function.Name, invocation.InvocationId);
            throw;
        }
    }

    /// <summary>
    /// Runs an episode of an orchestration. Nothing is awaited around it but the pipeline itself, and it has no span: it runs
    /// again on every replay, and a span would be told as often.
    /// </summary>
    public async Task<object?> RunEpisodeAsync(LocalInvocation invocation)
    {
        await _pipeline(invocation);
        return invocation.Outcome.Value;
    }

    private static Task Execute(LocalInvocation invocation) => invocation.Function.ExecuteAsync(invocation);

    [LoggerMessage(4100, LogLevel.Debug, "Executing '{Function}' (id={InvocationId})")]
    private static partial void Executing(ILogger log, string function, string invocationId);

    [LoggerMessage(4101, LogLevel.Debug, "Executed '{Function}' (id={InvocationId}, {Milliseconds:0} ms)")]
    private static partial void Executed(ILogger log, string function, string invocationId, double milliseconds);

    [LoggerMessage(4102, LogLevel.Error, "'{Function}' failed (id={InvocationId})")]
    private static partial void Failed(ILogger log, Exception exception, string function, string invocationId);

    // No stack: whoever can reach an endpoint can make these.
    [LoggerMessage(4103, LogLevel.Information, "'{Function}' could not take its input (id={InvocationId}): {Reason}")]
    private static partial void InputRefused(ILogger log, string function, string invocationId, string reason);

    [LoggerMessage(4104, LogLevel.Information, "'{Function}' was cancelled (id={InvocationId})")]
    private static partial void Cancelled(ILogger log, string function, string invocationId);
}
