using Azure.Data.Tables;
using Azure.Data.Tables.Sas;
using Azure.Storage;
using Azure.Storage.Sas;

namespace Custody.Cli.Roles;

/// <summary>Makes of an account's connection string, which may do everything, ones that may do less.</summary>
public sealed class StorageRights
{
    private const string AlertTable = "Alerts";

    private readonly Dictionary<string, string> _parts;
    private readonly string _account;
    private readonly string _key;
    private readonly DateTimeOffset _until;

    private StorageRights(Dictionary<string, string> parts, string account, string key, DateTimeOffset until) =>
        (_parts, _account, _key, _until) = (parts, account, key, until);

    /// <summary>Rights in the account of a connection string until a time; null when it holds no account key or names no endpoints.</summary>
    public static StorageRights? Of(string connection, DateTimeOffset until)
    {
        var parts = connection.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).Where(p => p.Length == 2)
            .GroupBy(p => p[0], StringComparer.OrdinalIgnoreCase).ToDictionary(p => p.Key, p => p.First()[1], StringComparer.OrdinalIgnoreCase);
        return parts.TryGetValue("AccountName", out var account) && parts.TryGetValue("AccountKey", out var key) && parts.ContainsKey("BlobEndpoint") && parts.ContainsKey("TableEndpoint")
            ? new StorageRights(parts, account, key, until)
            : null;
    }

    /// <summary>A connection that reads and lists blobs and tables, and does nothing else.</summary>
    public string ReadOnly()
    {
        var sas = new AccountSasBuilder
        {
            Services = AccountSasServices.Blobs | AccountSasServices.Tables,
            ResourceTypes = AccountSasResourceTypes.Service | AccountSasResourceTypes.Container | AccountSasResourceTypes.Object,
            ExpiresOn = _until,
            Protocol = SasProtocol.HttpsAndHttp,
        };
        sas.SetPermissions(AccountSasPermissions.Read | AccountSasPermissions.List);
        return With(sas.ToSasQueryParameters(new StorageSharedKeyCredential(_account, _key)).ToString());
    }

    /// <summary>A connection that reads and writes the table of alerts, and reaches nothing else.</summary>
    public string AlertsOnly()
    {
        const TableSasPermissions Permissions = TableSasPermissions.Read | TableSasPermissions.Add | TableSasPermissions.Update | TableSasPermissions.Delete;
        var sas = new TableSasBuilder(AlertTable, Permissions, _until)
        {
            Protocol = TableSasProtocol.HttpsAndHttp,
        };
        return With(sas.ToSasQueryParameters(new TableSharedKeyCredential(_account, _key)).ToString());
    }

    private string With(string signature) =>
        $"BlobEndpoint={_parts["BlobEndpoint"]};TableEndpoint={_parts["TableEndpoint"]};SharedAccessSignature={signature}";
}
