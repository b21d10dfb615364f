using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Hosting.Durable;

/// <summary>
/// Runs the engine between the app's own services, which start before it, and the HTTP server, which starts after it. Its hub's
/// lease is also what keeps a second process from running the same timers.
/// </summary>
internal sealed partial class DurableEngineService(
    FunctionCatalogue functions, DurableEngineSource source, HostConsole console, IHostApplicationLifetime lifetime, ILogger<DurableEngineService> log)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (functions.NeedsStorage)
        {
            await source.Engine.StartAsync(cancellationToken);
            _ = WatchAsync();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => functions.NeedsStorage ? source.Engine.StopAsync(cancellationToken) : Task.CompletedTask;

    // An engine that stopped itself has lost the right to write: only a new process may go on from what is stored.
    private async Task WatchAsync()
    {
        var reason = await source.Engine.Stopped;
        EngineStopped(log, reason);
        console.SetExitCode(1);
        lifetime.StopApplication();
    }

    [LoggerMessage(4400, LogLevel.Critical, "The Durable Task engine has stopped itself, and the host stops with it: {Reason}")]
    private static partial void EngineStopped(ILogger log, string reason);
}
