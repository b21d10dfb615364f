using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Custody.LocalRuntime.Hosting.Settings;

/// <summary>
/// host.json as the host obeys it. The file is configuration under <see cref="Section"/>, so an environment variable such as
/// <c>AzureFunctionsJobHost__extensions__http__routePrefix</c> overrides it, as in the official host.
/// </summary>
internal sealed partial record HostSettings(
    string RoutePrefix,
    TimeSpan? FunctionTimeout,
    string HubName,
    string StorageConnection,
    bool ExtendedSessions,
    TimeSpan ExtendedSessionIdle,
    int MaxConcurrentActivities,
    int MaxConcurrentOrchestrations)
{
    public const string Section = "AzureFunctionsJobHost";

    public static HostSettings Read(IConfiguration configuration, StartProblems problems)
    {
        var host = configuration.GetSection(Section);
        var durable = host.GetSection("extensions:durableTask");
        if (host["version"] is { } version && version != "2.0")
        {
            problems.Add($"host.json: version is '{version}', the host reads version 2.0.");
        }

        var references = new SettingReferences(configuration, problems);
        var hub = references.Resolve(durable["hubName"] ?? "TestHubName", "host.json: extensions.durableTask.hubName");
        if (!SettingReferences.Unresolved(hub) && !HubForm().IsMatch(hub))
        {
            problems.Add($"host.json: extensions.durableTask.hubName is '{hub}', expected a letter followed by 2 to 44 letters and digits.");
        }

        return new HostSettings(
            (host["extensions:http:routePrefix"] ?? "api").Trim('/'),
            Timeout(host["functionTimeout"], problems),
            hub,
            durable["storageProvider:connectionName"] ?? durable["storageProvider:connectionStringName"] ?? "AzureWebJobsStorage",
            Flag(durable, "extendedSessionsEnabled", problems),
            TimeSpan.FromSeconds(Number(durable, "extendedSessionIdleTimeoutInSeconds", 30, problems)),
            Number(durable, "maxConcurrentActivityFunctions", 10 * Environment.ProcessorCount, problems),
            Number(durable, "maxConcurrentOrchestratorFunctions", 10 * Environment.ProcessorCount, problems));
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]{2,44}\z")]
    private static partial Regex HubForm();

    private static TimeSpan? Timeout(string? text, StartProblems problems)
    {
        if (text is null or "-1")
        {
            return null;
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero)
        {
            return timeout;
        }

        problems.Add($"host.json: functionTimeout is '{text}', expected hh:mm:ss or -1.");
        return null;
    }

    private static bool Flag(IConfiguration section, string name, StartProblems problems)
    {
        if (section[name] is not { } text)
        {
            return false;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        problems.Add($"host.json: extensions.durableTask.{name} is '{text}', expected true or false.");
        return false;
    }

    private static int Number(IConfiguration section, string name, int absent, StartProblems problems)
    {
        if (section[name] is not { } text)
        {
            return absent;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0)
        {
            return value;
        }

        problems.Add($"host.json: extensions.durableTask.{name} is '{text}', expected a whole number above zero.");
        return absent;
    }
}
