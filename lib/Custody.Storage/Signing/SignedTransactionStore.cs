using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Signing;

/// <summary>
/// What the gate signed, as blobs <c>signed/{withdrawal}/{sighash}.json</c> in the journals' account. A damaged or moved
/// record throws <see cref="InvalidDataException"/>: it must not look like one that was never written.
/// </summary>
public sealed class SignedTransactionStore : ISignedTransactionStore
{
    private readonly WriteOnceBlobs _blobs;

    internal SignedTransactionStore(StorageClients clients) => _blobs = new WriteOnceBlobs(clients.Container("signed"));

    /// <inheritdoc />
    public Task<SignedTransactionRecord?> ReadAsync(string withdrawalId, string sighash, CancellationToken cancellation) =>
        ReadAsync(Name(withdrawalId, sighash), cancellation);

    /// <inheritdoc />
    public Task<CommitOutcome> WriteAsync(SignedTransactionRecord record, CancellationToken cancellation) =>
        _blobs.WriteAsync(Name(record.WithdrawalId, record.Sighash), CanonicalJson.Serialize(record), cancellation);

    /// <inheritdoc />
    public async Task<IReadOnlyList<SignedTransactionRecord>> OfAsync(string withdrawalId, CancellationToken cancellation)
    {
        var names = await _blobs.ListAsync(KeyText.Encode(withdrawalId) + "/", cancellation).ConfigureAwait(false);
        var records = await Task.WhenAll(names.Select(n => ReadAsync(n, cancellation))).ConfigureAwait(false);
        return [.. records.OfType<SignedTransactionRecord>()];
    }

    internal Task CreateContainerAsync(CancellationToken cancellation) => _blobs.CreateContainerAsync(cancellation);

    private static string Name(string withdrawalId, string sighash) => $"{KeyText.Encode(withdrawalId)}/{KeyText.Encode(sighash)}.json";

    private async Task<SignedTransactionRecord?> ReadAsync(string name, CancellationToken cancellation)
    {
        if (await _blobs.ReadAsync(name, cancellation).ConfigureAwait(false) is not { } content)
        {
            return null;
        }

        try
        {
            var record = CanonicalJson.Deserialize<SignedTransactionRecord>(content);
            return Name(record.WithdrawalId, record.Sighash) == name
                ? record
                : throw new InvalidDataException($"The signed transaction {name} belongs to {record.WithdrawalId}.");
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"The signed transaction {name} is damaged.", damaged);
        }
    }
}
