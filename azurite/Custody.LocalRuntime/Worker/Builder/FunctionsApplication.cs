using Custody.LocalRuntime.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a Functions app begins.</summary>
public static class FunctionsApplication
{
    /// <summary>A builder with the app's settings read: host.json, local.settings.json, the environment and the arguments.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(LocalHostBuilder.Create(args));
}
