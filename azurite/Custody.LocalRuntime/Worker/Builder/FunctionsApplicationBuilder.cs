using Custody.LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Takes what a Functions app is made of and builds its host.</summary>
public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly LocalHostBuilder _local;

    internal FunctionsApplicationBuilder(LocalHostBuilder local) => _local = local;

    /// <summary>The app's settings.</summary>
    public ConfigurationManager Configuration => _local.Web.Configuration;

    /// <summary>Where the app runs.</summary>
    public IHostEnvironment Environment => _local.Web.Environment;

    /// <summary>The app's log providers and filters.</summary>
    public ILoggingBuilder Logging => _local.Web.Logging;

    /// <summary>The app's metrics.</summary>
    public IMetricsBuilder Metrics => _local.Web.Metrics;

    /// <summary>What the builder's users tell each other.</summary>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_local.Web).Properties;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services => _local.Web.Services;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    internal LocalHostBuilder Local => _local;

    /// <summary>Builds the host. What is wrong with the app is said when the host starts, all of it at once.</summary>
    public IHost Build() => _local.Build();

    /// <summary>Replaces the container.</summary>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_local.Web).ConfigureContainer(factory, configure);

    /// <summary>Adds a middleware; the first one added runs outermost.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _local.Middleware.Add(middleware);
        return this;
    }
}
