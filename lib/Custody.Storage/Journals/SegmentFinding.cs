namespace Custody.Storage.Journals;

/// <summary>What a read of a segment beyond a position found.</summary>
internal enum SegmentFinding
{
    /// <summary>There is no such blob.</summary>
    Missing = 0,

    /// <summary>The blob has the version that was named.</summary>
    Unchanged,

    /// <summary>The blob has another version, and no byte beyond the position.</summary>
    NothingBeyond,

    /// <summary>There are bytes beyond the position.</summary>
    Grown,
}
