using Azure.Data.Tables;
using Custody.Core.Assets;
using Custody.Core.Prices;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Prices;

/// <summary>
/// Signed prices, the newest first: a partition for each asset, and one beside it with the first of each hour and source, so that a
/// price is compared with a whole day's and not with a thousand of them. The rows' order is only a hint; whoever goes by a price looks
/// at the time under its signature.
/// </summary>
public sealed class TablePriceStore : IPriceStore
{
    private const string Document = "Document";
    private const string Hours = "hours";

    private readonly TableClient _table;

    internal TablePriceStore(StorageClients clients) => _table = clients.Table("Prices");

    /// <inheritdoc />
    public async Task<IReadOnlyList<SignedDocument>> NewestAsync(AssetId asset, CancellationToken cancellation)
    {
        var read = await Task.WhenAll(
            ReadAsync(KeyText.Encode(asset.ToString()), IPriceStore.Needed, cancellation),
            ReadAsync(KeyText.Join(asset.ToString(), Hours), IPriceStore.Older, cancellation)).ConfigureAwait(false);
        // One price may be there once alone and once as two sources agreed on it.
        return [.. read[0].Concat(read[1]).GroupBy(d => d.Payload, StringComparer.Ordinal).Select(same => same.MaxBy(d => d.Signatures.Count)!)];
    }

    /// <inheritdoc />
    public async Task<CommitOutcome> WriteAsync(VerifiedPrice price, SignedDocument document, CancellationToken cancellation)
    {
        // Beside first: who dies between the two leaves a price to compare with, and never one that nothing is compared with.
        var (asset, asOf) = (price.Entry.Asset.ToString(), price.Entry.AsOf);
        var hour = new DateTimeOffset(asOf.UtcTicks - (asOf.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        await _table.InsertAsync(
            Row(KeyText.Join(asset, Hours), KeyText.Join(KeyText.NewestFirst(price.IsAgreed ? asOf : hour), string.Join('+', price.Sources))), cancellation).ConfigureAwait(false);
        return await _table.InsertAsync(Row(KeyText.Encode(asset), KeyText.NewestFirst(asOf)), cancellation).ConfigureAwait(false);

        TableEntity Row(string partition, string row) => new(partition, row) { [Document] = document.ToBytes() };
    }

    private async Task<IReadOnlyList<SignedDocument>> ReadAsync(string partition, int most, CancellationToken cancellation)
    {
        var documents = new List<SignedDocument>();
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), most, cancellationToken: cancellation).ConfigureAwait(false))
        {
            if (row.GetBinary(Document) is { } bytes && Read(bytes) is { } document)
            {
                documents.Add(document);
            }

            if (documents.Count == most)
            {
                break;
            }
        }

        return documents;
    }

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);

    private static SignedDocument? Read(byte[] bytes)
    {
        try
        {
            return SignedDocument.FromBytes(bytes);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
