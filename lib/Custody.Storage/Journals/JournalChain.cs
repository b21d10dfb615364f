using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Journals;

namespace Custody.Storage.Journals;

/// <summary>Reads a journal's segments on from a verified state and verifies every line: the chain, the count, and that what was read before is still there.</summary>
internal sealed class JournalChain<TEntry, TView>(
    string name, JournalShape<TEntry, TView> shape, JournalSegments segments, string trustRoot, int linesInASegment)
    where TEntry : class, IJournalEntry
{
    private const int MostTornReadings = 5;

    /// <summary>True once this process has seen any line.</summary>
    public bool SawLines { get; private set; }

    /// <summary>Before the first line.</summary>
    public JournalState<TView> Start { get; } = JournalState<TView>.Start(shape.Empty, trustRoot);

    /// <summary>Reads to the journal's present end. Also gives the hash of the line at <paramref name="marker"/>, when this reading passed it.</summary>
    public async Task<(JournalState<TView> State, string? MarkerHash)> FollowAsync(JournalState<TView> state, long? marker, CancellationToken cancellation)
    {
        string? hash = null;
        var torn = 0;
        while (true)
        {
            var before = state;
            await using (var tail = await segments.ReadAsync(state.Segment, state.Bytes, state.Lineage?.Version, cancellation).ConfigureAwait(false))
            {
                if (tail.Finding == SegmentFinding.Missing)
                {
                    throw new JournalBrokenException($"The journal '{name}' does not exist: it was removed, or 'custody init' never wrote it.");
                }

                if (tail.Finding == SegmentFinding.NothingBeyond)
                {
                    return await AgainAsync(state, cancellation).ConfigureAwait(false);
                }

                if (tail.Finding == SegmentFinding.Grown)
                {
                    await foreach (var line in LineReader.LinesAsync(name, tail.Content, cancellation).ConfigureAwait(false))
                    {
                        state = Verified(state, line);
                        hash = state.Head.Sequence == marker ? state.Head.Hash : hash;
                    }

                    // A version newer than the bytes that came with it (Azurite answers so when an append overtakes the
                    // reading) would hide the lines between them for as long as nobody appends again.
                    if (tail.Blocks != state.Lines && torn++ < MostTornReadings)
                    {
                        state = before;
                        continue;
                    }

                    state = state with { Lineage = new SegmentLineage(tail.Version, tail.CreatedOn, tail.Blocks - state.Lines) };
                    // Another version without another line is no append either.
                    if (before.Lineage is { } lineage && (!state.Lineage.Continues(lineage) || state.Lines == before.Lines))
                    {
                        return await AgainAsync(before, cancellation).ConfigureAwait(false);
                    }
                }
            }

            if (state.Lines < linesInASegment || await NextSegmentAsync(state, cancellation).ConfigureAwait(false) is not { } next)
            {
                return (state, hash);
            }

            state = next;
        }

        async Task<(JournalState<TView>, string?)> AgainAsync(JournalState<TView> known, CancellationToken token) =>
            (await WholeAsync(known, token).ConfigureAwait(false), null);
    }

    /// <summary>Reads everything from the first line; it must lead to what was known.</summary>
    public async Task<JournalState<TView>> WholeAsync(JournalState<TView> known, CancellationToken cancellation)
    {
        var (state, hash) = await FollowAsync(Start, known.Head.Sequence, cancellation).ConfigureAwait(false);
        // The same hash at the same number means the same lines all the way down.
        return hash == known.Head.Hash
            ? state
            : throw new JournalBrokenException($"The journal '{name}' is shorter than it was, or another one: line {known.Head.Sequence} was verified before.");
    }

    /// <summary>The state with one more line, which must continue it.</summary>
    public JournalState<TView> Verified(JournalState<TView> state, byte[] line)
    {
        SawLines = true;
        var sequence = state.Head.Sequence + 1;
        try
        {
            var entry = CanonicalJson.Deserialize<TEntry>(line);
            return entry.Sequence == sequence && entry.Previous == state.Head.Hash && shape.IsGenesis(entry) == (sequence == 0) && state.Lines < linesInASegment
                ? state with
                {
                    View = shape.Fold(state.View, entry),
                    Head = new JournalHead(sequence, JournalLine.Hash(line)),
                    Lines = state.Lines + 1,
                    Bytes = state.Bytes + line.Length + 1,
                    NewestAt = entry.At > state.NewestAt ? entry.At : state.NewestAt,
                }
                : throw new JournalBrokenException(sequence == 0
                    ? $"The journal '{name}' does not begin with the pinned trust root: its first line was changed, or the settings pin another root."
                    : $"The journal '{name}' does not continue after line {state.Head.Sequence}: a line was changed, dropped or added.");
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or OverflowException)
        {
            throw new JournalBrokenException($"The journal '{name}' cannot be read at line {sequence}: {unreadable.Message}");
        }
    }

    // The full segment stays the current one, and is looked at, until the next one has a line.
    private async Task<JournalState<TView>?> NextSegmentAsync(JournalState<TView> full, CancellationToken cancellation)
    {
        await using var next = await segments.ReadAsync(full.Segment + 1, 0, null, cancellation).ConfigureAwait(false);
        return next.Finding == SegmentFinding.Grown && next.Blocks > 0
            ? full with { Segment = full.Segment + 1, Lines = 0, Bytes = 0, Lineage = null }
            : null;
    }
}
