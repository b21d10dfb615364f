using Azure.Data.Tables;
using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Authenticators;

/// <summary>Authenticators' counters: a partition for each credential with one row, which is replaced by its ETag.</summary>
public sealed class TableAuthenticatorCounterStore : IAuthenticatorCounterStore
{
    private const string Row = "counter";

    private readonly TableClient _table;

    internal TableAuthenticatorCounterStore(StorageClients clients) => _table = clients.Table("AuthenticatorCounters");

    /// <inheritdoc />
    public async Task<Verdict> UseAsync(AssertionUse use, CancellationToken cancellation) =>
        (await OptimisticLoop.RunAsync("Using an authenticator", () => TryUseAsync(use, cancellation), cancellation).ConfigureAwait(false)).Verdict;

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);

    private async Task<Answer?> TryUseAsync(AssertionUse use, CancellationToken cancellation)
    {
        // The credential's id is the authenticator's text, up to 1023 bytes; its digest is a key.
        var row = new TableEntity(DomainDigest.Hex("custody/credential/v1", System.Text.Encoding.UTF8.GetBytes(use.CredentialId)), Row)
        {
            ["Counter"] = (long)use.SignCount,
            ["Use"] = use.Digest,
        };
        var stored = await _table.FindAsync(row.PartitionKey, row.RowKey, cancellation).ConfigureAwait(false);
        if (stored?.GetString("Use") == use.Digest)
        {
            return new Answer(Verdict.Allowed);
        }

        // A row that does not read is one that somebody else wrote: nothing is known of the counter then, and nothing counts.
        if (stored is not null && stored.GetInt64("Counter") is not (>= 0 and <= uint.MaxValue))
        {
            throw new InvalidDataException($"The counter of the credential '{use.CredentialId}' does not read.");
        }

        // The first use was compared with the counter at the registration, which governance holds.
        if (stored is not null && CounterRule.Check((uint)stored.GetInt64("Counter")!.Value, use.SignCount) is { IsAllowed: false } refused)
        {
            return new Answer(refused);
        }

        var outcome = stored is null
            ? await _table.InsertAsync(row, cancellation).ConfigureAwait(false)
            : await _table.ReplaceAsync(row, stored.ETag, cancellation).ConfigureAwait(false);
        return outcome == CommitOutcome.Committed ? new Answer(Verdict.Allowed) : null;
    }

    private sealed record Answer(Verdict Verdict);
}
