using System.Text.Json;
using Azure.Identity;
using Custody.Cli.Outcomes;
using Custody.Core.Assets;
using Custody.Storage;
using Custody.Storage.Journals;

namespace Custody.Cli.Restoring;

/// <summary>What the app's settings say of storage, witness, trust root and nodes (docs/settings.md). Never printed: connection strings hold keys.</summary>
internal sealed record RestoreSettings(CustodyStorage Storage, FileHeadWitness Witness, string TrustRoot, IReadOnlyDictionary<ChainId, IReadOnlyList<Uri>> Nodes)
{
    /// <summary>Reads a file in the form of <c>local.settings.json</c>.</summary>
    public static Step<RestoreSettings> Read(string path, TimeProvider time)
    {
        Dictionary<string, string> values;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            values = document.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString() ?? "", StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new CliOutcome.Usage($"The settings '{path}' cannot be read: {unreadable.Message}");
        }

        if (Account(values, "Custody__Storage__Pipeline") is not { } pipeline || Account(values, "Custody__Storage__Journals") is not { } journals
            || values.GetValueOrDefault("Custody__TrustRoot") is not { Length: 64 } root || values.GetValueOrDefault("Custody__WitnessFolder") is not { Length: > 0 } folder)
        {
            return new CliOutcome.Usage($"The settings '{path}' must have Custody__Storage__Pipeline, Custody__Storage__Journals, Custody__TrustRoot and Custody__WitnessFolder, as the app's do.");
        }

        try
        {
            var witness = new FileHeadWitness(folder);
            var storage = new CustodyStorage(new CustodyStorageOptions { Pipeline = pipeline, Journals = journals, Witness = witness, TrustRoot = root, Time = time });
            return new RestoreSettings(storage, witness, root, NodesOf(values));
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException or InvalidOperationException)
        {
            return new CliOutcome.Usage($"The settings '{path}' have a malformed connection string, or a node without a URL.");
        }
    }

    private static StorageAccountOptions? Account(Dictionary<string, string> values, string name) =>
        values.GetValueOrDefault(name) is { Length: > 0 } connection ? new StorageAccountOptions { ConnectionString = connection }
        : Uri.TryCreate(values.GetValueOrDefault($"{name}__tableServiceUri"), UriKind.Absolute, out var tables)
            && Uri.TryCreate(values.GetValueOrDefault($"{name}__blobServiceUri"), UriKind.Absolute, out var blobs)
            ? new StorageAccountOptions { TableServiceUri = tables, BlobServiceUri = blobs, Credential = new DefaultAzureCredential() }
        : null;

    private static Dictionary<ChainId, IReadOnlyList<Uri>> NodesOf(Dictionary<string, string> values) => values
        .Where(v => v.Key.StartsWith("Custody__Chains__", StringComparison.OrdinalIgnoreCase) && v.Key.EndsWith("__Id", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(
            v => ChainId.Parse(v.Value, System.Globalization.CultureInfo.InvariantCulture),
            IReadOnlyList<Uri> (v) => [.. values
                .Where(e => e.Key.StartsWith(v.Key[..^"Id".Length], StringComparison.OrdinalIgnoreCase) && e.Key.EndsWith("Endpoint", StringComparison.OrdinalIgnoreCase))
                .Select(e => new Uri(e.Value))]);
}
