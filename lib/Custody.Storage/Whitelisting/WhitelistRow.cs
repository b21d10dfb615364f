using Azure.Data.Tables;
using Custody.Core.Assets;
using Custody.Core.Results;
using Custody.Core.Whitelisting;

namespace Custody.Storage.Whitelisting;

/// <summary>A whitelist entry's state, and its documents, as rows.</summary>
internal static class WhitelistRow
{
    public const string Key = "state";
    public const string DocumentPrefix = "doc-";

    public static TableEntity From(WhitelistState state) => new(state.Key, Key)
    {
        ["EntryId"] = state.EntryId,
        ["ClientId"] = state.ClientId,
        ["CustomerId"] = state.CustomerId,
        ["Chain"] = state.Chain.ToString(),
        ["Address"] = state.Address,
        ["Label"] = state.Label,
        ["Digest"] = state.Digest,
        ["Status"] = state.Status.ToString(),
        ["CreatedAt"] = state.CreatedAt,
        ["UpdatedAt"] = state.UpdatedAt,
        ["Reason"] = state.Reason.Text(),
        ["ReasonDetail"] = state.ReasonDetail,
        ["UsableFrom"] = state.UsableFrom,
    };

    public static TableEntity Document(string key, string name, string compact) =>
        new(key, DocumentPrefix + name) { ["Content"] = System.Text.Encoding.ASCII.GetBytes(compact) };

    /// <summary>Reads a row; one that is not a state throws <see cref="InvalidDataException"/>.</summary>
    public static WhitelistState Read(TableEntity row)
    {
        try
        {
            return new WhitelistState(
                row.PartitionKey,
                Text(row, "EntryId"),
                Text(row, "ClientId"),
                Text(row, "CustomerId"),
                ChainId.Parse(Text(row, "Chain")),
                Text(row, "Address"),
                Text(row, "Label"),
                Text(row, "Digest"),
                Enum.TryParse<WhitelistStatus>(row.GetString("Status"), out var status) && status.ToString() == row.GetString("Status") && Enum.IsDefined(status)
                    ? status
                    : throw new FormatException("Status"),
                row.GetDateTimeOffset("CreatedAt") ?? throw new FormatException("CreatedAt"),
                row.GetDateTimeOffset("UpdatedAt") ?? throw new FormatException("UpdatedAt"))
            {
                Reason = RefusalCodes.Find(Text(row, "Reason")) ?? throw new FormatException("Reason"),
                ReasonDetail = row.GetString("ReasonDetail"),
                UsableFrom = row.GetDateTimeOffset("UsableFrom"),
            };
        }
        catch (Exception damaged) when (damaged is FormatException or InvalidOperationException or InvalidCastException)
        {
            throw new InvalidDataException($"The stored whitelist entry {row.PartitionKey} is damaged: {damaged.Message}", damaged);
        }
    }

    /// <summary>Reads a document; one of another type is as if it were empty, which no signature covers.</summary>
    public static string ReadDocument(TableEntity row)
    {
        try
        {
            return System.Text.Encoding.ASCII.GetString(row.GetBinary("Content") ?? []);
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static string Text(TableEntity row, string name) => row.GetString(name) ?? throw new FormatException(name);
}
