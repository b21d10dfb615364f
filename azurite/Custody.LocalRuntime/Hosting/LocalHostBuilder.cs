using System.Net;
using System.Reflection;
using Custody.LocalRuntime.Hosting.Http;
using Custody.LocalRuntime.Hosting.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Hosting;

/// <summary>Puts the local host together: ASP.NET Core's host with the Functions host's settings and services.</summary>
internal sealed class LocalHostBuilder
{
    private readonly StartProblems _problems = new();
    private readonly HostArguments _arguments;
    private readonly LocalSettings _local;
    private bool _aspNetCore;

    private LocalHostBuilder(string[] args)
    {
        _arguments = HostArguments.Parse(args);
        var folder = AppFolder.Of(_arguments, _problems);
        _local = LocalSettings.Read(folder, _problems);
        _local.AddToEnvironment();
        Web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = Assembly.GetEntryAssembly()!.GetName().Name,
            ContentRootPath = folder,
            EnvironmentName = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development,
        });
        Configure(folder, args);
    }

    public WebApplicationBuilder Web { get; }

    public List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> Middleware { get; } = [];

    public static LocalHostBuilder Create(string[] args) => new(args);

    public void UseAspNetCore()
    {
        _aspNetCore = true;
        Web.Services.AddMvcCore();
    }

    public IHost Build()
    {
        var host = HostSettings.Read(Web.Configuration, _problems);
        var port = HostPort.Read(_arguments, Web.Configuration, _local, _problems);
        Web.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        HostServices.Add(Web.Services, host, Middleware, _problems);
        var app = Web.Build();
        var functions = app.Services.GetRequiredService<FunctionCatalogue>();
        if (functions.Http.Count > 0 && !_aspNetCore)
        {
            _problems.Add("HTTP functions need ASP.NET Core: call ConfigureFunctionsWebApplication() on the builder.");
        }

        app.Services.GetRequiredService<HostStorage>();
        if (_problems.Found.Count == 0)
        {
            Map(app, functions);
        }

        return new LocalFunctionsHost(app, functions, _problems, port);
    }

    private static void Map(WebApplication app, FunctionCatalogue functions)
    {
        var endpoints = app.Services.GetRequiredService<HttpFunctionEndpoints>();
        foreach (var function in functions.Http)
        {
            endpoints.Map(app, function.Route, function.Function);
        }
    }

    // Later sources win: host.json, local.settings.json, the environment, the arguments.
    private void Configure(string folder, string[] args)
    {
        var configuration = Web.Configuration;
        configuration.AddInMemoryCollection(JsonSettings.Flatten(JsonSettings.Read(folder, "host.json", _problems), HostSettings.Section + ":"));
        configuration.AddInMemoryCollection(_local.Values());
        configuration.AddInMemoryCollection(LocalSettings.UserEnvironment());
        configuration.AddCommandLine(args);
        Web.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);
        Web.Logging.AddConfiguration(configuration.GetSection(HostSettings.Section + ":logging"));
        Web.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        Web.Services.AddRoutingCore();
    }
}
