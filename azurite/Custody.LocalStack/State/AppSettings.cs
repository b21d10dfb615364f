using System.Text.Json;

namespace Custody.LocalStack.State;

/// <summary>The environment of the function app, or of one role: what <c>custody</c> wrote, with the ports of this run.</summary>
internal static class AppSettings
{
    /// <summary>Of the one process that holds all roles.</summary>
    public static IReadOnlyDictionary<string, string> Read(StateFolder state, StackOptions options, Accounts accounts)
    {
        var settings = Values(Path.Combine(state.Home, "settings.json"));
        settings["AzureWebJobsStorage"] = accounts.Pipeline;
        settings["Custody__Storage__Pipeline"] = accounts.Pipeline;
        settings["Custody__Storage__Journals"] = accounts.Journals;
        settings["Custody__Chains__0__Endpoint"] = options.NodeUrl;
        settings["Custody__Api__PublicUrl"] = options.ApiUrl;
        settings["SOFTHSM2_CONF"] = state.SoftHsmConfiguration;
        return settings;
    }

    /// <summary>Of a role's process. Storage is as <c>custody roles</c> was told this time; only a role with keys is told where tokens are.</summary>
    public static IReadOnlyDictionary<string, string> Read(string role, StateFolder state, StackOptions options, Accounts accounts)
    {
        var settings = Values(Path.Combine(state.Home, "roles", role, "settings.json"));
        settings["Custody__Chains__0__Endpoint"] = options.NodeUrl;
        if (role == "pipeline")
        {
            settings["AzureWebJobsStorage"] = accounts.Pipeline;
            settings["Custody__Api__PublicUrl"] = options.ApiUrl;
        }
        else
        {
            settings["SOFTHSM2_CONF"] = state.SoftHsmConfiguration;
        }

        return settings;
    }

    private static Dictionary<string, string> Values(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        return file.RootElement.GetProperty("Values").Deserialize<Dictionary<string, string>>()!;
    }
}
