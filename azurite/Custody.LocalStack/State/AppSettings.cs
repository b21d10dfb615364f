using System.Text.Json;

namespace Custody.LocalStack.State;

/// <summary>The function app's environment: what <c>custody init</c> wrote, with the ports of this run.</summary>
internal static class AppSettings
{
    public static IReadOnlyDictionary<string, string> Read(StateFolder state, StackOptions options, Accounts accounts)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(state.Home, "settings.json")));
        var settings = file.RootElement.GetProperty("Values").Deserialize<Dictionary<string, string>>()!;
        settings["AzureWebJobsStorage"] = accounts.Pipeline;
        settings["Custody__Storage__Pipeline"] = accounts.Pipeline;
        settings["Custody__Storage__Journals"] = accounts.Journals;
        settings["Custody__Chains__0__Endpoint"] = options.NodeUrl;
        settings["Custody__Api__PublicUrl"] = options.ApiUrl;
        settings["SOFTHSM2_CONF"] = state.SoftHsmConfiguration;
        return settings;
    }
}
