using Azure;

namespace Custody.Storage.Journals;

/// <summary>The bytes of a segment beyond a position.</summary>
internal sealed record SegmentTail(SegmentFinding Finding, Stream Content, ETag Version, DateTimeOffset? CreatedOn, int Blocks) : IAsyncDisposable
{
    public static SegmentTail Without(SegmentFinding finding) => new(finding, Stream.Null, default, null, 0);

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
