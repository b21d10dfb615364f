namespace Custody.Cli.Roles;

/// <summary>
/// Divides the settings of a process that holds all roles among three: each gets what it needs, and of each secret there is one holder.
/// docs/roles.md has the table.
/// </summary>
internal static class RoleSettings
{
    public const string Pipeline = "pipeline", Signer = "signer", Sender = "sender";

    public static IReadOnlyList<string> Roles { get; } = [Pipeline, Signer, Sender];

    private static readonly string[] OfTheApi = ["AzureWebJobsStorage", "Custody__Api__", "Custody__Schedules__", "Custody__Screening__", "Custody__SilenceMinutes"];

    private static readonly Dictionary<string, string[]> Without = new(StringComparer.Ordinal)
    {
        [Pipeline] = ["Custody__Vaults__", "Custody__Comparison__", "Custody__Duress__"],
        [Signer] = [.. OfTheApi, "Custody__Comparison__"],
        [Sender] = [.. OfTheApi, "Custody__Vaults__", "Custody__Duress__"],
    };

    /// <summary>The settings of a role. <paramref name="folder"/> is the role's own, where its certificate and its witness are.</summary>
    public static SortedDictionary<string, string> Of(
        string role, IReadOnlyDictionary<string, string> all, StorageRights pipeline, StorageRights journals, Uri signer, Uri sender, string folder)
    {
        var settings = new SortedDictionary<string, string>(
            all.Where(s => !Without[role].Any(w => s.Key.StartsWith(w, StringComparison.OrdinalIgnoreCase))).ToDictionary(), StringComparer.Ordinal)
        {
            ["Custody__Role"] = role,
            ["Custody__WitnessFolder"] = Path.Combine(folder, RoleFiles.Witness),
            ["Custody__Roles__CertificateFile"] = Path.Combine(folder, RoleFiles.Certificate),
            ["Custody__Roles__KeyFile"] = Path.Combine(folder, RoleFiles.Key),
            ["Custody__Roles__AuthorityFile"] = Path.Combine(folder, RoleFiles.Authority),
        };
        if (role != Pipeline)
        {
            settings["Custody__Roles__Listen"] = (role == Signer ? signer : sender).GetLeftPart(UriPartial.Authority);
            settings["Custody__Storage__Pipeline"] = pipeline.ReadOnly();
            settings["Custody__Storage__Alerts"] = pipeline.AlertsOnly();
        }

        if (role != Signer)
        {
            settings["Custody__Roles__Signer"] = signer.GetLeftPart(UriPartial.Authority);
            settings["Custody__Storage__Journals"] = journals.ReadOnly();
        }

        if (role == Pipeline)
        {
            settings["Custody__Roles__Sender"] = sender.GetLeftPart(UriPartial.Authority);
        }

        return settings;
    }
}
