using Azure.Data.Tables;
using Custody.Core.Assets;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Transactions;

/// <summary>Which withdrawal a transaction is of: a partition for each transaction id, so that writes spread.</summary>
public sealed class TableTransactionIndex : ITransactionIndex
{
    private readonly TableClient _table;

    internal TableTransactionIndex(StorageClients clients) => _table = clients.Table("Transactions");

    /// <summary>Records a transaction; again for the same withdrawal does nothing, for another one throws.</summary>
    public async Task AddAsync(ChainId chain, string transactionId, string withdrawalId, CancellationToken cancellation)
    {
        var row = new TableEntity(KeyText.Encode(transactionId), KeyText.Encode(chain.ToString())) { ["WithdrawalId"] = withdrawalId };
        if (await _table.InsertAsync(row, cancellation).ConfigureAwait(false) == CommitOutcome.Conflict
            && await FindAsync(chain, transactionId, cancellation).ConfigureAwait(false) is { } other && other != withdrawalId)
        {
            throw new InvalidOperationException($"The transaction {transactionId} on {chain} is of the withdrawal {other}, not of {withdrawalId}.");
        }
    }

    /// <inheritdoc />
    public async Task<string?> FindAsync(ChainId chain, string transactionId, CancellationToken cancellation) =>
        (await _table.FindAsync(KeyText.Encode(transactionId), KeyText.Encode(chain.ToString()), cancellation).ConfigureAwait(false))?.GetString("WithdrawalId");

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);
}
