using Azure;

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

/// <summary>The bytes of a segment beyond a position.</summary>
internal sealed record SegmentTail(SegmentFinding Finding, Stream Content, ETag Version, DateTimeOffset? CreatedOn, int Blocks) : IAsyncDisposable
{
    public static SegmentTail Without(SegmentFinding finding) => new(finding, Stream.Null, default, null, 0);

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
