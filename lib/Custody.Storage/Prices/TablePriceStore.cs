using Azure.Data.Tables;
using Custody.Core.Assets;
using Custody.Core.Prices;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Prices;

/// <summary>
/// Signed prices, a partition for each asset, the newest first: one query reads what decides. The rows' order is only a hint;
/// whoever goes by a price looks at the time under its signature.
/// </summary>
public sealed class TablePriceStore : IPriceStore
{
    private const string Document = "Document";

    private readonly TableClient _table;

    internal TablePriceStore(StorageClients clients) => _table = clients.Table("Prices");

    /// <inheritdoc />
    public async Task<IReadOnlyList<SignedDocument>> NewestAsync(AssetId asset, CancellationToken cancellation)
    {
        var partition = KeyText.Encode(asset.ToString());
        var documents = new List<SignedDocument>();
        await foreach (var row in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), IPriceStore.Needed, cancellationToken: cancellation).ConfigureAwait(false))
        {
            if (row.GetBinary(Document) is { } bytes && Read(bytes) is { } document)
            {
                documents.Add(document);
            }

            if (documents.Count == IPriceStore.Needed)
            {
                break;
            }
        }

        return documents;
    }

    /// <inheritdoc />
    public Task<CommitOutcome> WriteAsync(PriceEntry entry, SignedDocument document, CancellationToken cancellation) => _table.InsertAsync(
        new TableEntity(KeyText.Encode(entry.Asset.ToString()), KeyText.NewestFirst(entry.AsOf)) { [Document] = document.ToBytes() }, cancellation);

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
