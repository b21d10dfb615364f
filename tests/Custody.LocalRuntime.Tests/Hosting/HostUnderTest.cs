using Custody.LocalRuntime.Hosting;
using Custody.LocalRuntime.Hosting.Discovery;
using Custody.Testing;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Custody.LocalRuntime.Tests.Hosting;

/// <summary>A whole host in this process, on a free port, with the given functions and nothing else.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    private HostUnderTest(HostSetup setup)
    {
        if (setup.HostJson is not null)
        {
            File.WriteAllText(_folder.Of("host.json"), setup.HostJson);
        }

        if (setup.LocalSettings is not null)
        {
            File.WriteAllText(_folder.Of("local.settings.json"), setup.LocalSettings);
        }

        var builder = FunctionsApplication.CreateBuilder(["--script-root", _folder.Path, "--port", $"{setup.Port}", .. setup.Arguments]);
        builder.Services.AddSingleton(FunctionSources.Of(setup.Functions));
        builder.Services.AddSingleton(new HostConsole(_out, _error, code => ExitCode = code));
        (setup.Configure ?? (b => b.ConfigureFunctionsWebApplication()))(builder);
        Host = (LocalFunctionsHost)builder.Build();
    }

    public LocalFunctionsHost Host { get; }

    public int? ExitCode { get; private set; }

    public string Output => _out.ToString();

    public string Errors => _error.ToString();

    public HttpClient Http { get; private set; } = new();

    public static async Task<HostUnderTest> StartAsync(HostSetup setup)
    {
        var host = new HostUnderTest(setup);
        await host.Host.StartAsync(Xunit.TestContext.Current.CancellationToken);
        if (host.Host.Refusals.Count == 0)
        {
            host.Http.BaseAddress = host.Host.Address;
        }

        return host;
    }

    /// <summary>Starts a host that must refuse, and gives its reasons.</summary>
    public static async Task<IReadOnlyList<string>> RefusalsAsync(HostSetup setup)
    {
        await using var host = await StartAsync(setup);
        return host.Host.Refusals;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.StopAsync(CancellationToken.None);
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
