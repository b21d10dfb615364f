using System.Text.Json;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Facts;

/// <summary>Signed facts as blobs, <c>facts/{kind}/{id}.json</c>, each written once.</summary>
public sealed class FactStore : IFactStore
{
    private readonly WriteOnceBlobs _blobs;

    internal FactStore(StorageClients clients) => _blobs = new WriteOnceBlobs(clients.Container("facts"));

    /// <inheritdoc />
    public Task<SignedDocument?> ReadAsync(FactKind kind, string id, CancellationToken cancellation) => ReadNamedAsync(Name(kind, id), cancellation);

    private async Task<SignedDocument?> ReadNamedAsync(string name, CancellationToken cancellation)
    {
        if (await _blobs.ReadAsync(name, cancellation).ConfigureAwait(false) is not { } content)
        {
            return null;
        }

        try
        {
            return SignedDocument.FromBytes(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<SignedDocument>> ListAsync(FactKind kind, string prefix, CancellationToken cancellation)
    {
        var documents = new List<SignedDocument>();
        foreach (var name in await _blobs.ListAsync(prefix.Length == 0 ? $"{Folder(kind)}/" : Prefix(kind, prefix), cancellation).ConfigureAwait(false))
        {
            if (await ReadNamedAsync(name, cancellation).ConfigureAwait(false) is { } document)
            {
                documents.Add(document);
            }
        }

        return documents;
    }

    /// <inheritdoc />
    public Task<CommitOutcome> WriteAsync(FactKind kind, string id, SignedDocument document, CancellationToken cancellation) =>
        _blobs.WriteAsync(Name(kind, id), document.ToBytes(), cancellation);

    internal Task CreateContainerAsync(CancellationToken cancellation) => _blobs.CreateContainerAsync(cancellation);

    private static string Name(FactKind kind, string id) => $"{Prefix(kind, id)}.json";

    // An id of nothing has a name of its own, which is no beginning of any other: a list of all asks for none.
    private static string Prefix(FactKind kind, string id) => $"{Folder(kind)}/{KeyText.Encode(id)}";

    private static string Folder(FactKind kind) => kind switch
    {
        FactKind.Governance => "governance",
        FactKind.Customer => "customer",
        FactKind.WhitelistEntry => "whitelist-entry",
        FactKind.ThawHalf => "thaw-half",
        FactKind.SanctionsList => "sanctions-list",
        FactKind.SanctionsListHalf => "sanctions-list-half",
        FactKind.SuspicionReport => "suspicion-report",
        FactKind.ReinstatementHalf => "reinstatement-half",
        FactKind.RewindHalf => "rewind-half",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "is no kind of fact"),
    };
}
