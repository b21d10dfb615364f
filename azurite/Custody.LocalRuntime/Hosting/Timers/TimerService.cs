using System.Diagnostics;
using Custody.LocalRuntime.Hosting.Invocation;
using Custody.LocalRuntime.Hosting.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Hosting.Timers;

/// <summary>Runs the timer functions from when the host listens until it begins to stop.</summary>
internal sealed partial class TimerService(
    FunctionCatalogue functions, HostSettings host, FunctionRunner runner, IServiceProvider services, TimeProvider time, ILogger<TimerService> log)
    : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loops = Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (functions.Timers.Count == 0)
        {
            return;
        }

        var statuses = services.GetRequiredService<TimerStatusStore>();
        await statuses.PrepareAsync(cancellationToken);
        var loops = functions.Timers.Select(timer => (timer.Name, Loop: new TimerLoop(timer, statuses, RunAsync, time, log))).ToList();
        await Task.WhenAll(loops.Select(each => each.Loop.BeginAsync(cancellationToken)));
        _loops = Task.WhenAll(loops.Select(each => Task.Run(() => KeepAsync(each.Name, each.Loop), CancellationToken.None)));
    }

    /// <summary>Asks running functions to end and waits for them, for as long as the host's shutdown allows.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loops.WaitAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

    private async Task KeepAsync(string name, TimerLoop loop)
    {
        try
        {
            await loop.RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception e)
        {
            LoopFailed(log, e, name);
            throw;
        }
    }

    private async Task RunAsync(TimerFunction timer, TimerInfo info, CancellationToken stop)
    {
        Activity.Current = null;
        using var span = InvocationSpans.Start(timer.Name, "timer", ActivityKind.Internal);
        using var cancellation = new FunctionCancellation(stop, host.FunctionTimeout, time);
        await using var invocation = new LocalInvocation(timer.Function, info, services)
        {
            Trace = InvocationTrace.Of(span),
            Cancellation = cancellation.Token,
        };
        await runner.RunAsync(invocation, span);
    }

    [LoggerMessage(4310, LogLevel.Critical, "Timer '{Function}' has stopped for good")]
    private static partial void LoopFailed(ILogger log, Exception exception, string function);
}
