using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Custody.Core.Withdrawals;

namespace Custody.Storage.Journals;

/// <summary>A journal's append blobs, <c>{journal}/000000</c> and on: read from a position, appended to at one.</summary>
internal sealed class JournalSegments(BlobContainerClient container, string folder)
{
    public async Task<SegmentTail> ReadAsync(int segment, long from, ETag? known, CancellationToken cancellation)
    {
        try
        {
            var options = new BlobDownloadOptions
            {
                Range = from == 0 ? default : new HttpRange(from),
                Conditions = known is { } version ? new BlobRequestConditions { IfNoneMatch = version } : null,
            };
            var reply = await Blob(segment).DownloadStreamingAsync(options, cancellation).ConfigureAwait(false);
            if (reply.GetRawResponse().Status == 304)
            {
                return SegmentTail.Without(SegmentFinding.Unchanged);
            }

            var details = reply.Value.Details;
            return new SegmentTail(SegmentFinding.Grown, reply.Value.Content, details.ETag, details.CreatedOn, details.BlobCommittedBlockCount);
        }
        catch (RequestFailedException unchanged) when (unchanged.Status == 304)
        {
            return SegmentTail.Without(SegmentFinding.Unchanged);
        }
        catch (RequestFailedException beyond) when (beyond.ErrorCode == BlobErrorCode.InvalidRange)
        {
            return SegmentTail.Without(SegmentFinding.NothingBeyond);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound || missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return SegmentTail.Without(SegmentFinding.Missing);
        }
    }

    /// <summary>Makes an empty segment; conflict when there is one.</summary>
    public async Task<CommitOutcome> CreateAsync(int segment, CancellationToken cancellation)
    {
        try
        {
            var options = new AppendBlobCreateOptions { Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All } };
            await Blob(segment).CreateAsync(options, cancellation).ConfigureAwait(false);
            return CommitOutcome.Committed;
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            return CommitOutcome.Conflict;
        }
    }

    /// <summary>Appends bytes at exactly a position and, where it is known, to exactly that version; null when the blob was not like that.</summary>
    public async Task<(ETag Version, int Blocks)?> AppendAsync(int segment, long at, ETag? version, byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            using var content = new MemoryStream(bytes, writable: false);
            var conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = at, IfMatch = version };
            var options = new AppendBlobAppendBlockOptions { Conditions = conditions };
            var reply = await Blob(segment).AppendBlockAsync(content, options, cancellation).ConfigureAwait(false);
            return (reply.Value.ETag, reply.Value.BlobCommittedBlockCount);
        }
        catch (RequestFailedException otherwise) when (otherwise.Status == 412 || otherwise.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private AppendBlobClient Blob(int segment) =>
        container.GetAppendBlobClient($"{folder}/{segment.ToString("D6", CultureInfo.InvariantCulture)}");
}
