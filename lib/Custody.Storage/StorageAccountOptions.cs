using Azure.Core;

namespace Custody.Storage;

/// <summary>How a storage account is reached: by connection string, or by service addresses and an identity.</summary>
public sealed record StorageAccountOptions
{
    /// <summary>A connection string; when it is set, the other members are not used.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The table service's address.</summary>
    public Uri? TableServiceUri { get; init; }

    /// <summary>The blob service's address.</summary>
    public Uri? BlobServiceUri { get; init; }

    /// <summary>The identity that the addresses are used with.</summary>
    public TokenCredential? Credential { get; init; }

    // A record's own text would print the account key.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append(ConnectionString is null ? $"{TableServiceUri}, {BlobServiceUri}" : "connection string");
        return true;
    }
}
