using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.CommandLine;
using Custody.Cli.Initialisation;
using Custody.Cli.Outcomes;
using Custody.Cli.Roles;
using Custody.Cli.Terminal;

namespace Custody.Cli.Commands;

/// <summary><c>custody roles</c>: divides a system that was set up here among three processes.</summary>
internal static class RolesCommand
{
    private const int MostDays = 365;

    public static Command Create(CliEnvironment environment)
    {
        var signer = new Option<string>("--signer") { Description = "Where the signer is called, https with an IP address and a port.", HelpName = "URL", Required = true };
        var sender = new Option<string>("--sender") { Description = "Where the sender is called.", HelpName = "URL", Required = true };
        var pipeline = new Option<string>("--pipeline-storage") { Description = "The pipeline's storage account, when not as the home's settings say.", HelpName = "CONNECTION" };
        var journals = new Option<string>("--journal-storage") { Description = "The journals' storage account, likewise.", HelpName = "CONNECTION" };
        var days = new Option<int>("--days") { Description = $"How long certificates and storage rights last, 1 to {MostDays} (default 30).", HelpName = "N", DefaultValueFactory = _ => 30 };
        return new Command("roles", "Divide the system among three processes: certificates, storage rights and settings for each, in the home's folder 'roles'.")
        {
            signer, sender, pipeline, journals, days,
        }
        .Runs(environment, (context, _) => Task.FromResult(Run(context, context.Value(signer)!, context.Value(sender)!, context.Value(pipeline), context.Value(journals), context.Value(days))));
    }

    private static CliOutcome Run(CommandContext context, string signer, string sender, string? pipeline, string? journals, int days)
    {
        if (Url(signer) is not { } signerUrl || Url(sender) is not { } senderUrl || signerUrl == senderUrl)
        {
            return new CliOutcome.Usage("--signer and --sender are two addresses such as https://127.0.0.1:7072, with an IP address.");
        }

        if (days is < 1 or > MostDays)
        {
            return new CliOutcome.Usage($"--days is a number from 1 to {MostDays}.");
        }

        if (Read(context.Home.Of(SystemSettings.FileName)).Stops(out var stop, out var all))
        {
            return stop;
        }

        all["Custody__Storage__Pipeline"] = pipeline ?? all.GetValueOrDefault("Custody__Storage__Pipeline", "");
        all["Custody__Storage__Journals"] = journals ?? all.GetValueOrDefault("Custody__Storage__Journals", "");
        if (RoleFiles.Write(context.Home.Path, all, signerUrl, senderUrl, context.Now, TimeSpan.FromDays(days)) is not { } written)
        {
            return new CliOutcome.Usage("Both storage accounts must be connection strings with a key and endpoints; where an identity reaches them, its rights are given there (docs/roles.md).");
        }

        var folder = context.Home.Of("roles");
        var until = context.Now + TimeSpan.FromDays(days);
        return new CliOutcome.Done(
            new JsonObject { ["folder"] = folder, ["roles"] = new JsonArray([.. written.Keys.Select(r => JsonValue.Create(r))]), ["until"] = until.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) },
            console => Facts.Write(
                console,
                [
                    ("Roles", string.Join(", ", written.Keys)),
                    ("Folder", folder),
                    ("Good for", $"{days} days; run this again before they end, and start the roles again"),
                ]));
    }

    private static Uri? Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "https" && System.Net.IPAddress.TryParse(url.Host.Trim('[', ']'), out _) ? url : null;

    private static Step<Dictionary<string, string>> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var values = document.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString() ?? "", StringComparer.Ordinal);
            return values.ContainsKey("Custody__WitnessFolder") ? values : new CliOutcome.Usage($"The settings '{path}' name no witness folder.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new CliOutcome.Usage($"The settings '{path}' cannot be read: {unreadable.Message}");
        }
    }
}
