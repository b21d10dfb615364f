using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Custody.Core.Withdrawals;

namespace Custody.Storage.Access;

/// <summary>Small blobs that are written once and never changed.</summary>
internal sealed class WriteOnceBlobs(BlobContainerClient container)
{
    // More is never one of our documents; reading stops there, so a swapped blob cannot exhaust memory.
    private const int MostBytes = 4 * 1024 * 1024;

    public Task CreateContainerAsync(CancellationToken cancellation) => container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>
    /// Writes a blob if there is none. When there is one with the same bytes, the write has happened already (a response was
    /// lost, or a step runs again) and counts as committed.
    /// </summary>
    public async Task<CommitOutcome> WriteAsync(string name, byte[] content, CancellationToken cancellation)
    {
        if (content.Length > MostBytes)
        {
            throw new StorageLimitException($"A stored document has at most {MostBytes} bytes; {name} has {content.Length}.");
        }

        try
        {
            var options = new BlobUploadOptions
            {
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            };
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellation).ConfigureAwait(false);
            return CommitOutcome.Committed;
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == BlobErrorCode.BlobAlreadyExists || exists.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            var stored = await ReadAsync(name, cancellation).ConfigureAwait(false);
            return stored is not null && stored.AsSpan().SequenceEqual(content) ? CommitOutcome.Committed : CommitOutcome.Conflict;
        }
    }

    /// <summary>Reads a blob; null when there is none.</summary>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(0, MostBytes) };
            var content = await container.GetBlobClient(name).DownloadContentAsync(options, cancellation).ConfigureAwait(false);
            return content.Value.Content.ToArray();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        catch (RequestFailedException empty) when (empty.ErrorCode == BlobErrorCode.InvalidRange)
        {
            return [];
        }
    }

    /// <summary>The names that begin with a prefix.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var names = new List<string>();
        var options = new GetBlobsOptions { Prefix = prefix };
        await foreach (var blob in container.GetBlobsAsync(options, cancellation).ConfigureAwait(false))
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
