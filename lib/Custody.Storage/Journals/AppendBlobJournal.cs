using Azure;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Journals;

/// <summary>
/// A hash-chained journal in append blobs. A reading goes to the blob's present end and verifies what this process has not
/// verified before; an append goes to exactly the verified head. What the process remembers can only refuse: a journal that
/// is missing, shorter or different stays broken until people have looked and the process is started again.
/// </summary>
internal sealed class AppendBlobJournal<TEntry, TView>
    where TEntry : class, IJournalEntry
    where TView : class
{
    private const int MostUncertainTries = 5;

    private readonly string _name;
    private readonly JournalShape<TEntry, TView> _shape;
    private readonly JournalSegments _segments;
    private readonly IHeadWitness _witness;
    private readonly string _trustRoot;
    private readonly TimeProvider _time;
    private readonly int _linesInASegment;
    private readonly JournalChain<TEntry, TView> _chain;
    private readonly SemaphoreSlim _lock = new(1, 1);
    private JournalState<TView>? _state;
    private long _witnessed = -1;
    private string? _broken;
    private bool _wasWitnessed;

    public AppendBlobJournal(
        string name, JournalShape<TEntry, TView> shape, JournalSegments segments, IHeadWitness witness, string trustRoot, TimeProvider time, int linesInASegment)
    {
        (_name, _shape, _segments, _witness, _trustRoot, _time, _linesInASegment) = (name, shape, segments, witness, trustRoot, time, linesInASegment);
        _chain = new JournalChain<TEntry, TView>(name, shape, segments, trustRoot, linesInASegment);
    }

    /// <summary>Reads and verifies to the head that storage has now.</summary>
    public Task<JournalReading<TView>> ReadAsync(CancellationToken cancellation) => GuardedAsync(
        async () =>
        {
            await CatchUpAsync(null, cancellation).ConfigureAwait(false);
            return Reading();
        },
        cancellation);

    /// <summary>Reads the whole journal again from its first line: edits below what is already verified show only here and at a start.</summary>
    public Task<JournalReading<TView>> VerifyAsync(CancellationToken cancellation) => GuardedAsync(
        async () =>
        {
            await CatchUpAsync(null, cancellation).ConfigureAwait(false);
            await StartOverAsync(_state!, cancellation).ConfigureAwait(false);
            return Reading();
        },
        cancellation);

    /// <summary>
    /// Reads and verifies from the first line whatever is there, beside the witness and beside what this process remembers; null when
    /// there is no journal. What it finds may be from the past: it is for people who restore.
    /// </summary>
    public async Task<JournalReading<TView>?> InspectAsync(CancellationToken cancellation)
    {
        await using (var first = await _segments.ReadAsync(0, 0, null, cancellation).ConfigureAwait(false))
        {
            if (first.Finding == SegmentFinding.Missing || first.Blocks == 0)
            {
                return null;
            }
        }

        var chain = new JournalChain<TEntry, TView>(_name, _shape, _segments, _trustRoot, _linesInASegment);
        var (state, _) = await chain.FollowAsync(chain.Start, null, cancellation).ConfigureAwait(false);
        return new JournalReading<TView>(state.View, state.Head);
    }

    /// <summary>Appends what is decided at the verified head: from sequence, previous hash and time; null appends nothing.</summary>
    public Task<JournalReading<TView>> AppendAsync(
        Func<JournalReading<TView>, Func<long, string, DateTimeOffset, TEntry>?> decide, CancellationToken cancellation) => GuardedAsync(
        async () =>
        {
            // What is remembered may be decided on, since the append goes to exactly that blob version or nowhere; before a
            // new segment, which has no version yet, and before appending nothing, storage is asked.
            if (_state is null || _state.Lines == _linesInASegment)
            {
                await CatchUpAsync(null, cancellation).ConfigureAwait(false);
            }

            while (true)
            {
                var head = _state!.Head;
                if (decide(Reading()) is { } make)
                {
                    if (await TryAppendAsync(make(head.Sequence + 1, head.Hash, Now()), cancellation).ConfigureAwait(false))
                    {
                        break;
                    }
                }
                else
                {
                    await CatchUpAsync(null, cancellation).ConfigureAwait(false);
                    if (_state.Head == head)
                    {
                        break;
                    }
                }
            }

            return Reading();
        },
        cancellation);

    /// <summary>Writes the first line of a journal that does not exist; conflict when it does.</summary>
    public async Task<CommitOutcome> CreateAsync(CancellationToken cancellation)
    {
        await _lock.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (await _witness.ReadAsync(_name, cancellation).ConfigureAwait(false) is { Sequence: var reached })
            {
                await using var there = await _segments.ReadAsync(0, 0, null, cancellation).ConfigureAwait(false);
                return there.Finding != SegmentFinding.Missing
                    ? CommitOutcome.Conflict
                    : throw new JournalBrokenException($"The journal '{_name}' is gone: it had reached line {reached}. It is not created again over that.");
            }

            // A crash between these two leaves an empty blob, which the append completes.
            var line = CanonicalJson.Serialize(_shape.Genesis(_trustRoot, Now()));
            await _segments.CreateAsync(0, cancellation).ConfigureAwait(false);
            if (await _segments.AppendAsync(0, 0, null, [.. line, (byte)'\n'], cancellation).ConfigureAwait(false) is null
                && !await BeginsWithAsync(line, cancellation).ConfigureAwait(false))
            {
                return CommitOutcome.Conflict;
            }

            await _witness.AdvanceAsync(_name, new JournalHead(0, JournalLine.Hash(line)), cancellation).ConfigureAwait(false);
            return CommitOutcome.Committed;
        }
        finally
        {
            _lock.Release();
        }
    }

    // Ours, when the answer to the append was lost and the client library tried again.
    private async Task<bool> BeginsWithAsync(byte[] genesis, CancellationToken cancellation)
    {
        await using var there = await _segments.ReadAsync(0, 0, null, cancellation).ConfigureAwait(false);
        await foreach (var line in LineReader.LinesAsync(_name, there.Content, cancellation).ConfigureAwait(false))
        {
            return line.AsSpan().SequenceEqual(genesis);
        }

        return false;
    }

    private async Task<JournalReading<TView>> GuardedAsync(Func<Task<JournalReading<TView>>> action, CancellationToken cancellation)
    {
        await _lock.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return _broken is null ? await action().ConfigureAwait(false) : throw new JournalBrokenException(_broken);
        }
        catch (JournalBrokenException broken) when (_wasWitnessed || _chain.SawLines)
        {
            // Nothing seen yet contradicts a journal that is created later; everything else stays.
            _broken = broken.Message;
            throw;
        }
        finally
        {
            _lock.Release();
        }
    }

    private JournalReading<TView> Reading() => new(_state!.View, _state.Head);

    private DateTimeOffset Now()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        return _state is { } state && state.NewestAt > now ? state.NewestAt : now;
    }

    /// <summary>Reads to the end; returns the hash of the line at <paramref name="marker"/> when this reading passed it.</summary>
    private async Task<string?> CatchUpAsync(long? marker, CancellationToken cancellation)
    {
        string? hash;
        if (_state is { } known)
        {
            (_state, hash) = await _chain.FollowAsync(known, marker, cancellation).ConfigureAwait(false);
        }
        else
        {
            hash = await FirstReadingAsync(cancellation).ConfigureAwait(false);
        }

        await WitnessAsync(cancellation).ConfigureAwait(false);
        return hash;
    }

    private async Task<string?> FirstReadingAsync(CancellationToken cancellation)
    {
        var witnessed = await _witness.ReadAsync(_name, cancellation).ConfigureAwait(false);
        _witnessed = witnessed?.Sequence ?? -1;
        _wasWitnessed |= witnessed is not null;
        var (state, hash) = await _chain.FollowAsync(_chain.Start, witnessed?.Sequence, cancellation).ConfigureAwait(false);
        if (state.Head.Sequence < 0)
        {
            throw new JournalBrokenException($"The journal '{_name}' has no first line; 'custody init' writes it once.");
        }

        if (witnessed is null && state.Head.Sequence > 0)
        {
            throw new JournalBrokenException($"The journal '{_name}' has {state.Head.Sequence + 1} lines and nothing witnessed them: its witness was removed.");
        }

        if (witnessed is not null && hash != witnessed.Hash)
        {
            throw new JournalBrokenException(
                $"The journal '{_name}' was rolled back or replaced: line {witnessed.Sequence} was witnessed, and is {(hash is null ? "not there" : "another one")}.");
        }

        _state = state;
        return hash;
    }

    private async Task WitnessAsync(CancellationToken cancellation)
    {
        if (_state!.Head.Sequence > _witnessed)
        {
            await _witness.AdvanceAsync(_name, _state.Head, cancellation).ConfigureAwait(false);
            _witnessed = _state.Head.Sequence;
        }
    }

    private async Task StartOverAsync(JournalState<TView> known, CancellationToken cancellation)
    {
        _state = await _chain.WholeAsync(known, cancellation).ConfigureAwait(false);
        await WitnessAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// True when the entry is in the journal at the verified head's next place; false when somebody else's is. After an
    /// answer that was lost the journal itself says which, and the same bytes are tried again only while the place is free.
    /// </summary>
    private async Task<bool> TryAppendAsync(TEntry entry, CancellationToken cancellation)
    {
        var line = CanonicalJson.Serialize(entry);
        if (line.Length > LineReader.LongestLine)
        {
            throw new StorageLimitException($"A journal's line has at most {LineReader.LongestLine} bytes; this one has {line.Length}.");
        }

        var hash = JournalLine.Hash(line);
        for (var tries = 1; ; tries++)
        {
            var head = _state!.Head;
            try
            {
                if (await WriteAsync(line, cancellation).ConfigureAwait(false))
                {
                    await WitnessAsync(cancellation).ConfigureAwait(false);
                    return true;
                }
            }
            catch (Exception uncertain) when (tries < MostUncertainTries && IsUncertain(uncertain, cancellation))
            {
                // Nobody knows yet whether it was written; what follows finds out.
            }

            var found = await CatchUpAsync(entry.Sequence, cancellation).ConfigureAwait(false);
            if (_state.Head.Sequence > head.Sequence)
            {
                return found == hash;
            }

            if (tries == MostUncertainTries)
            {
                throw new IOException($"The journal '{_name}' takes no line: {MostUncertainTries} tries at line {entry.Sequence} came to nothing.");
            }
        }
    }

    private async Task<bool> WriteAsync(byte[] line, CancellationToken cancellation)
    {
        var state = _state!;
        if (state.Lines == _linesInASegment)
        {
            await _segments.CreateAsync(state.Segment + 1, cancellation).ConfigureAwait(false);
            state = state with { Segment = state.Segment + 1, Lines = 0, Bytes = 0, Lineage = null };
        }

        byte[] block = [.. line, (byte)'\n'];
        if (await _segments.AppendAsync(state.Segment, state.Bytes, state.Lineage?.Version, block, cancellation).ConfigureAwait(false) is not var (version, blocks))
        {
            return false;
        }

        var after = _chain.Verified(state, line);
        _state = after with { Lineage = new SegmentLineage(version, state.Lineage?.CreatedOn, blocks - after.Lines) };
        return true;
    }

    private static bool IsUncertain(Exception failure, CancellationToken cancellation) => !cancellation.IsCancellationRequested
        && failure is RequestFailedException { Status: 0 or 408 or >= 500 } or IOException or AggregateException or OperationCanceledException;
}
