using Custody.Core.Journals;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Journals;

/// <summary>The stop journal, in the blobs <c>journals/stop/…</c>.</summary>
public sealed class StopJournal : IStopJournal
{
    /// <summary>The journal's name for the witness.</summary>
    public const string Name = "stop";

    private static readonly JournalShape<StopEntry, StopView> Shape = new(
        StopView.Empty,
        static (view, entry) => view.With(entry),
        static entry => entry.Kind == StopKind.Genesis,
        static (trustRoot, at) => new StopEntry(1, 0, trustRoot, at, StopKind.Genesis, "", null, null, "custody init", []));

    private readonly AppendBlobJournal<StopEntry, StopView> _journal;

    internal StopJournal(StorageClients clients, IHeadWitness witness, string trustRoot, TimeProvider time, int linesInASegment) =>
        _journal = new(Name, Shape, new JournalSegments(clients.Container(JournalFormat.Container), Name), witness, trustRoot, time, linesInASegment);

    /// <inheritdoc />
    public Task<JournalReading<StopView>> ReadAsync(CancellationToken cancellation) => _journal.ReadAsync(cancellation);

    /// <summary>Reads the whole journal again from its first line; for a timer, since reading looks only beyond what is verified.</summary>
    public Task<JournalReading<StopView>> VerifyAsync(CancellationToken cancellation) => _journal.VerifyAsync(cancellation);

    /// <inheritdoc />
    public Task<JournalReading<StopView>> AppendAsync(Func<JournalReading<StopView>, StopFact?> decide, CancellationToken cancellation) =>
        _journal.AppendAsync(
            reading => decide(reading) is { } fact
                ? (sequence, previous, at) => new StopEntry(
                    1, sequence, previous, at, fact.Kind, fact.Subject, fact.Attempt, fact.Digest, fact.Reason, fact.Evidence ?? [], fact.Code)
                : null,
            cancellation);

    /// <summary>Reads what is there beside the witness, for who restores; null when there is no journal.</summary>
    public Task<JournalReading<StopView>?> InspectAsync(CancellationToken cancellation) => _journal.InspectAsync(cancellation);

    /// <summary>Writes the first line, for <c>custody init</c> only; conflict when the journal exists.</summary>
    public Task<CommitOutcome> CreateAsync(CancellationToken cancellation) => _journal.CreateAsync(cancellation);
}
