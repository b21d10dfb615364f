using Microsoft.Azure.Functions.Worker.Builder;

namespace Custody.LocalRuntime.Tests.Hosting;

/// <summary>What a host under test is started with. Port 0 takes a free one.</summary>
internal sealed record HostSetup(params Type[] Functions)
{
    public string? HostJson { get; init; }

    public string? LocalSettings { get; init; }

    public int Port { get; init; }

    public string[] Arguments { get; init; } = [];

    public Action<FunctionsApplicationBuilder>? Configure { get; init; }

    public static string Storage(string connection, string more = "") =>
        $$$"""{"Values":{"AzureWebJobsStorage":"{{{connection}}}"{{{more}}}}}""";
}
