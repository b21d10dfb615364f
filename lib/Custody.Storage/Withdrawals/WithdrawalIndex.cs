using Azure.Data.Tables;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Withdrawals;

/// <summary>
/// Which withdrawals there are, newest first, for each client and for all. Rows are written before the withdrawal, so one
/// that exists is always listed; a row whose withdrawal was never created, or was created at another time, names nothing.
/// </summary>
internal sealed class WithdrawalIndex(TableClient table)
{
    // No encoded client id is a lone asterisk.
    private const string Everybody = "*";
    private const int KeyTimeLength = 19;

    public Task CreateTableAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public static string RowKey(WithdrawalState state) => $"{KeyText.NewestFirst(state.CreatedAt)}-{state.Id}";

    public static bool IsRowKey(string text) =>
        text.Length > KeyTimeLength && text[KeyTimeLength] == '-' && text.AsSpan(0, KeyTimeLength).IndexOfAnyExceptInRange('0', '9') < 0
        && Core.Intents.WithdrawalId.IsValid(WithdrawalId(text));

    public static string WithdrawalId(string rowKey) => rowKey[(KeyTimeLength + 1)..];

    public Task AddAsync(WithdrawalState state, CancellationToken cancellation) => Task.WhenAll(
        Partitions(state).Select(p => table.UpsertEntityAsync(new TableEntity(p, RowKey(state)), TableUpdateMode.Replace, cancellation)));

    public Task RemoveAsync(WithdrawalState state, CancellationToken cancellation) => Task.WhenAll(
        Partitions(state).Select(p => table.DeleteEntityAsync(p, RowKey(state), cancellationToken: cancellation)));

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

    private static string[] Partitions(WithdrawalState state) => [KeyText.Encode(state.ClientId), Everybody];
}
