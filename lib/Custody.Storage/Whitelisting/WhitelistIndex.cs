using Azure.Data.Tables;
using Custody.Core.Whitelisting;
using Custody.Storage.Access;

namespace Custody.Storage.Whitelisting;

/// <summary>
/// Which entries there are, newest first, for each client and for all. Rows are written before the entry, so one that exists is
/// always listed; a row whose entry was never created names nothing.
/// </summary>
internal sealed class WhitelistIndex(TableClient table)
{
    // No encoded client id is a lone asterisk.
    private const string Everybody = "*";
    private const int KeyTimeLength = 19;
    private const int KeyLength = 33;

    public Task CreateTableAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public static string RowKey(WhitelistState state) => $"{KeyText.NewestFirst(state.CreatedAt)}-{state.Key}";

    public static bool IsRowKey(string text) =>
        text.Length == KeyTimeLength + 1 + KeyLength && text[KeyTimeLength] == '-' && text.AsSpan(0, KeyTimeLength).IndexOfAnyExceptInRange('0', '9') < 0
        && text.Skip(KeyTimeLength + 1).All(char.IsAsciiLetterOrDigit);

    public static string Key(string rowKey) => rowKey[(KeyTimeLength + 1)..];

    public Task AddAsync(WhitelistState state, CancellationToken cancellation) => Task.WhenAll(
        new[] { KeyText.Encode(state.ClientId), Everybody }
            .Select(p => table.UpsertEntityAsync(new TableEntity(p, RowKey(state)), TableUpdateMode.Replace, cancellation)));

    /// <summary>The next row keys after one, at most <paramref name="most"/>.</summary>
    public async Task<List<string>> AfterAsync(string? clientId, string after, int most, CancellationToken cancellation)
    {
        var partition = clientId is null ? Everybody : KeyText.Encode(clientId);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after}");
        var keys = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, most, ["RowKey"], cancellation).ConfigureAwait(false))
        {
            keys.Add(row.RowKey);
            if (keys.Count == most)
            {
                break;
            }
        }

        return keys;
    }
}
