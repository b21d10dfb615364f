using Azure.Data.Tables;
using Custody.Core.Alerts;
using Custody.Storage.Access;

namespace Custody.Storage.Alerts;

/// <summary>An alert as a row, and its row in the list by day.</summary>
internal static class AlertRow
{
    public const string Key = "alert";

    private const string ListPrefix = "day-";

    // The character after '-': the end of the range of the list's partitions.
    private const string ListEnd = "day.";

    // A day never reaches this many; counting down from it puts the newest day first.
    private const int LastDay = 9_999_999;

    public static string Filter { get; } = TableClient.CreateQueryFilter($"PartitionKey ge {ListPrefix} and PartitionKey lt {ListEnd}");

    public static string Partition(string dedupeKey) => "key-" + KeyText.Encode(dedupeKey);

    public static TableEntity From(Alert alert) => new(Partition(alert.DedupeKey), Key)
    {
        ["Code"] = AlertCatalogue.Text(alert.Code),
        ["Severity"] = AlertCatalogue.Severity(alert.Code).ToString(),
        ["Title"] = AlertCatalogue.Title(alert.Code),
        ["Runbook"] = AlertCatalogue.Runbook(alert.Code),
        ["Subject"] = alert.Subject,
        ["Detail"] = alert.Detail,
        ["DedupeKey"] = alert.DedupeKey,
        ["RaisedAt"] = alert.RaisedAt,
        ["Delivered"] = false,
    };

    /// <summary>An alert's row in the list: by day, the newest first.</summary>
    public static TableEntity Listed(Alert alert)
    {
        var day = LastDay - (alert.RaisedAt.UtcTicks / TimeSpan.TicksPerDay);
        return new TableEntity($"{ListPrefix}{day:D7}", $"{KeyText.NewestFirst(alert.RaisedAt)}-{KeyText.Encode(alert.DedupeKey)}")
        {
            ["DedupeKey"] = alert.DedupeKey,
        };
    }

    /// <summary>Reads a row. One whose code is not in the catalogue is still shown, as unknown: a damaged alert is news too.</summary>
    public static Alert Read(TableEntity row) => new(
        AlertCatalogue.Codes.FirstOrDefault(c => AlertCatalogue.Text(c) == row.GetString("Code")),
        row.GetString("Subject") ?? "",
        row.GetString("Detail") ?? "",
        row.GetString("DedupeKey") ?? "",
        row.GetDateTimeOffset("RaisedAt") ?? default);
}
