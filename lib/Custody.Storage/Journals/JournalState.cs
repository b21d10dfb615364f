using Custody.Core.Journals;

namespace Custody.Storage.Journals;

/// <summary>A journal as far as this process has verified it.</summary>
/// <param name="View">The fold over every line.</param>
/// <param name="Head">The last line; before the first, sequence −1 and the trust root.</param>
/// <param name="Segment">The blob that holds the last line.</param>
/// <param name="Lines">How many lines of it are verified.</param>
/// <param name="Bytes">How many bytes of it are verified.</param>
/// <param name="Lineage">Which blob it was.</param>
internal sealed record JournalState<TView>(TView View, JournalHead Head, int Segment, int Lines, long Bytes, SegmentLineage? Lineage)
{
    /// <summary>
    /// The newest time in any line. A line is never dated before it: delays count from lines, and a host whose clock was set
    /// back could otherwise begin one in the past.
    /// </summary>
    public DateTimeOffset NewestAt { get; init; }

    /// <summary>Before the first line.</summary>
    public static JournalState<TView> Start(TView empty, string trustRoot) => new(empty, new JournalHead(-1, trustRoot), 0, 0, 0, null);
}
