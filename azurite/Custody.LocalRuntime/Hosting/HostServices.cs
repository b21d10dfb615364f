using System.Reflection;
using Custody.LocalRuntime.Hosting.Discovery;
using Custody.LocalRuntime.Hosting.Durable;
using Custody.LocalRuntime.Hosting.Http;
using Custody.LocalRuntime.Hosting.Invocation;
using Custody.LocalRuntime.Hosting.Settings;
using Custody.LocalRuntime.Hosting.Timers;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Hosting;

/// <summary>The host's own services. Those that the app has registered already stay: the clock, the console, the functions' sources.</summary>
internal static class HostServices
{
    public static void Add(
        IServiceCollection services,
        HostSettings host,
        IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware,
        StartProblems problems)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(HostConsole.OfProcess);
        services.TryAddSingleton(_ => FunctionSources.From(Assembly.GetEntryAssembly()!));
        services.AddSingleton(host);
        services.AddSingleton(provider => Functions(provider, host, problems));
        services.AddSingleton(provider => Storage(provider, host, problems));
        services.AddSingleton(provider => new FunctionRunner(
            middleware, provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HttpFunctionEndpoints>();
        services.AddSingleton(Statuses);
        services.AddSingleton<DurableCatalogs>();
        services.AddSingleton<DurableEngineSource>();
        services.AddHostedService<DurableEngineService>();
        services.AddHostedService<TimerService>();
    }

    private static FunctionCatalogue Functions(IServiceProvider provider, HostSettings host, StartProblems problems)
    {
        var settings = new SettingReferences(provider.GetRequiredService<IConfiguration>(), problems);
        var now = provider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        return new FunctionCatalogueReader(host, settings, now, problems).Read(provider.GetRequiredService<FunctionSources>());
    }

    private static HostStorage Storage(IServiceProvider provider, HostSettings host, StartProblems problems) =>
        new(provider.GetRequiredService<FunctionCatalogue>().NeedsStorage
            ? StorageAccount.Read(provider.GetRequiredService<IConfiguration>(), host.StorageConnection, problems)
            : null);

    private static TimerStatusStore Statuses(IServiceProvider provider) => new(
        provider.GetRequiredService<HostStorage>().Required.Blobs,
        HostId.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
}
