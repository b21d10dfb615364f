using System.Net.Sockets;
using Custody.LocalRuntime.Hosting.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Hosting;

/// <summary>
/// The host that an app runs. A start that cannot be says why, sets exit code 1 and asks the app to stop, so that
/// <c>Run()</c> returns instead of ending in a stack trace.
/// </summary>
internal sealed partial class LocalFunctionsHost(WebApplication app, FunctionCatalogue functions, StartProblems problems, int port)
    : IHost, IAsyncDisposable
{
    private readonly HostConsole _console = app.Services.GetRequiredService<HostConsole>();

    public IServiceProvider Services => app.Services;

    /// <summary>Why the last start was refused; empty when it was not.</summary>
    public IReadOnlyList<string> Refusals { get; private set; } = [];

    /// <summary>The address that the host listens on, once started.</summary>
    public Uri Address => new(app.Urls.First());

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (problems.Found.Count > 0)
        {
            Refuse(problems.Found);
            return;
        }

        if (port != 0 && HostPort.IsTaken(port))
        {
            // Said before anything starts: most often it is this app itself, and its task hub's lease would be waited for.
            Refuse([HostPort.TakenMessage(port)]);
            return;
        }

        await StartAppAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => app.StopAsync(cancellationToken);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task StartAppAsync(CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            FunctionListing.Print(functions, Address, _console.Out);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // What had started lets go of what it holds: the port, the task hub's lease.
            await app.StopAsync(CancellationToken.None);
            if (e is not StartRefusedException && !IsPortTaken(e))
            {
                StartFailed(app.Logger, e);
            }

            Refuse([IsPortTaken(e) ? HostPort.TakenMessage(port) : e.Message]);
        }
    }

    private static bool IsPortTaken(Exception exception) =>
        exception is IOException && exception.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };

    private void Refuse(IReadOnlyList<string> reasons)
    {
        Refusals = reasons;
        _console.Error.WriteLine("The host cannot start:");
        foreach (var reason in reasons)
        {
            _console.Error.WriteLine("  - " + reason);
        }

        _console.Error.Flush();
        _console.SetExitCode(1);
        app.Lifetime.StopApplication();
    }

    [LoggerMessage(4000, LogLevel.Critical, "The host did not start")]
    private static partial void StartFailed(ILogger log, Exception exception);
}
