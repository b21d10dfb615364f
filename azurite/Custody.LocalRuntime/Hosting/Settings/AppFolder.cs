namespace Custody.LocalRuntime.Hosting.Settings;

/// <summary>The folder with host.json and local.settings.json.</summary>
internal static class AppFolder
{
    /// <summary><c>--script-root</c>, then AzureWebJobsScriptRoot as in the official host, then the app's own folder.</summary>
    public static string Of(HostArguments arguments, StartProblems problems)
    {
        var folder = arguments.ScriptRoot ?? Environment.GetEnvironmentVariable("AzureWebJobsScriptRoot");
        if (folder is null || Directory.Exists(folder))
        {
            return Path.GetFullPath(folder ?? AppContext.BaseDirectory);
        }

        problems.Add($"The app's folder '{folder}' does not exist.");
        return AppContext.BaseDirectory;
    }
}
