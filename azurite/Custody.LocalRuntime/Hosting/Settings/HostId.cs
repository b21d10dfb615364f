using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Custody.LocalRuntime.Hosting.Settings;

/// <summary>The name under which this app keeps its schedules' statuses; it stays the same from one start to the next.</summary>
internal static partial class HostId
{
    public static string Read(IConfiguration configuration, IHostEnvironment environment) =>
        configuration["AzureFunctionsWebHost:hostid"] ?? Other().Replace(environment.ApplicationName.ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
