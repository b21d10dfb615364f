using System.Collections.Concurrent;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Journals;

/// <summary>The vaults' signing journals, in the blobs <c>journals/signing/{vault}/…</c>.</summary>
public sealed class SigningJournals : ISigningJournal
{
    private static readonly JournalShape<SigningEntry, SigningView> Shape = new(
        SigningView.Empty,
        static (view, entry) => view.With(entry),
        static entry => entry is { Kind: IntentKind.Unknown, WithdrawalId: "" },
        static (trustRoot, at) => new SigningEntry(1, 0, trustRoot, at, "", 0, IntentKind.Unknown, "", [], "", null, "", 0));

    private readonly ConcurrentDictionary<string, AppendBlobJournal<SigningEntry, SigningView>> _journals = new(StringComparer.Ordinal);
    private readonly Func<string, AppendBlobJournal<SigningEntry, SigningView>> _open;

    internal SigningJournals(StorageClients clients, IHeadWitness witness, string trustRoot, TimeProvider time, int linesInASegment)
    {
        var container = clients.Container(JournalFormat.Container);
        _open = vault => new(
            Name(vault), Shape, new JournalSegments(container, $"signing/{KeyText.Encode(vault)}"), witness, trustRoot, time, linesInASegment);
    }

    /// <summary>The name of a vault's journal for the witness.</summary>
    public static string Name(string vaultId) => $"signing/{vaultId}";

    /// <inheritdoc />
    public Task<JournalReading<SigningView>> ReadAsync(string vaultId, CancellationToken cancellation) => Of(vaultId).ReadAsync(cancellation);

    /// <summary>Reads a vault's whole journal again from its first line; for a timer, since reading looks only beyond what is verified.</summary>
    public Task<JournalReading<SigningView>> VerifyAsync(string vaultId, CancellationToken cancellation) => Of(vaultId).VerifyAsync(cancellation);

    /// <inheritdoc />
    public Task<JournalReading<SigningView>> AppendAsync(
        string vaultId, Func<JournalReading<SigningView>, SigningFact?> decide, CancellationToken cancellation) => Of(vaultId).AppendAsync(
        reading => decide(reading) is { } fact
            ? (sequence, previous, at) => new SigningEntry(
                1, sequence, previous, at, fact.WithdrawalId, fact.Attempt, fact.Kind, fact.IntentDigest, fact.Slots, fact.Sighash, fact.Asset, fact.Destination, fact.Amount, fact.Automatic,
                fact.Entry)
            : null,
        cancellation);

    /// <summary>Reads what is there beside the witness, for who restores; null when there is no journal.</summary>
    public Task<JournalReading<SigningView>?> InspectAsync(string vaultId, CancellationToken cancellation) => Of(vaultId).InspectAsync(cancellation);

    /// <summary>Writes the first line of a vault's journal, for <c>custody init</c> only; conflict when it exists.</summary>
    public Task<CommitOutcome> CreateAsync(string vaultId, CancellationToken cancellation) => Of(vaultId).CreateAsync(cancellation);

    private AppendBlobJournal<SigningEntry, SigningView> Of(string vaultId) => Identifier.IsValid(vaultId)
        ? _journals.GetOrAdd(vaultId, _open)
        : throw new ArgumentException($"A vault's id is {Identifier.Form}.", nameof(vaultId));
}
