using Azure;

namespace Custody.Storage.Journals;

/// <summary>
/// What tells a segment that only grew from one that was replaced: its version for as long as nobody appends, and when it
/// was created and how many of its blocks are not our lines (none) for as long as it lives.
/// </summary>
internal sealed record SegmentLineage(ETag Version, DateTimeOffset? CreatedOn, int ForeignBlocks)
{
    /// <summary>True when a later reading is of the same blob, grown by appends of one line each.</summary>
    public bool Continues(SegmentLineage before) =>
        ForeignBlocks == before.ForeignBlocks && (CreatedOn is null || before.CreatedOn is null || CreatedOn == before.CreatedOn);
}
