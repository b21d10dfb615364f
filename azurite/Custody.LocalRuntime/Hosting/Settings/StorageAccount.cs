using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Custody.LocalRuntime.Hosting.Settings;

/// <summary>The host's storage: a connection string, or service addresses with an identity.</summary>
internal sealed record StorageAccount(TableServiceClient Tables, BlobServiceClient Blobs)
{
    /// <summary>Reads the setting <paramref name="name"/>; one that is missing or malformed is a problem.</summary>
    public static StorageAccount? Read(IConfiguration configuration, string name, StartProblems problems)
    {
        var section = configuration.GetSection(name);
        if (section.Value is { Length: > 0 } connection)
        {
            return FromConnectionString(connection, name, problems);
        }

        var tables = Address(section, "tableServiceUri", problems);
        var blobs = Address(section, "blobServiceUri", problems);
        Address(section, "queueServiceUri", problems);
        if (tables is not null && blobs is not null)
        {
            var identity = Identity(section);
            return new StorageAccount(new TableServiceClient(tables, identity), new BlobServiceClient(blobs, identity));
        }

        problems.Add($"The setting {name} is missing: give it a connection string, or set {name}__tableServiceUri and {name}__blobServiceUri.");
        return null;
    }

    private static StorageAccount? FromConnectionString(string connection, string name, StartProblems problems)
    {
        try
        {
            return new StorageAccount(new TableServiceClient(connection), new BlobServiceClient(connection));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The exception's text may quote the string, which holds a key.
            problems.Add($"The setting {name} is not a storage connection string.");
            return null;
        }
    }

    private static Uri? Address(IConfigurationSection section, string name, StartProblems problems)
    {
        if (section[name] is not { Length: > 0 } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "https" or "http"))
        {
            return address;
        }

        problems.Add($"The setting {section.Key}__{name} is not an http or https address.");
        return null;
    }

    private static TokenCredential Identity(IConfigurationSection section) =>
        section["credential"] is "managedidentity"
            ? new ManagedIdentityCredential(section["clientId"] is { } client
                ? ManagedIdentityId.FromUserAssignedClientId(client)
                : ManagedIdentityId.SystemAssigned)
            : new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = section["clientId"] });
}
