using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Custody.LocalRuntime.Engine.History;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>Texts too large for a table column, gzipped in the hub's largemessages container.</summary>
internal sealed class PayloadBlobs(BlobContainerClient container)
{
    /// <summary>The official limit: 60 KB of UTF-16. A table column holds 64 KB.</summary>
    public const int MaxColumnLength = 60 * 1024 / sizeof(char);

    private const string NameSuffix = "BlobName";
    private static readonly string[] SpillableColumns = ["Input", "Result", "Reason", "FailureDetails"];

    public static bool IsLarge(string? text) => text is not null && text.Length > MaxColumnLength;

    public Task CreateAsync(CancellationToken cancellation) => container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>The blob of one history column. The name follows from the content, so that writing it again changes nothing.</summary>
    public static string Name(string instanceId, string executionId, string rowKey, string eventType, string column, string text)
    {
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(executionId + text)))[..8];
        return $"{instanceId}/history-{rowKey}-{eventType}-{digest}-{column}.json.gz";
    }

    /// <summary>Moves the large columns of a history row to blobs; must end before the row is committed.</summary>
    public async Task SpillAsync(TableEntity row, CancellationToken cancellation)
    {
        foreach (var column in SpillableColumns)
        {
            if (row.TryGetValue(column, out var value) && value is string text && IsLarge(text))
            {
                var name = Name(row.PartitionKey, row.GetString("ExecutionId"), row.RowKey, row.GetString("EventType"), column, text);
                await WriteAsync(name, text, cancellation).ConfigureAwait(false);
                row[column] = "";
                row[column + NameSuffix] = name;
            }
        }
    }

    /// <summary>Brings the moved columns of a history row back.</summary>
    public async Task RestoreAsync(TableEntity row, CancellationToken cancellation)
    {
        foreach (var column in SpillableColumns)
        {
            if (row.GetString(column + NameSuffix) is { Length: > 0 } name)
            {
                row[column] = await ReadAsync(name, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What an Instances column holds for a history column's value: the value, or its blob's address when it is large.</summary>
    public string? Column(string instanceId, string executionId, string rowKey, string eventType, string column, string? text) =>
        text is not null && IsLarge(text)
            ? container.GetBlobClient(Name(instanceId, executionId, rowKey, eventType, column, text)).Uri.AbsoluteUri
            : text;

    public async Task WriteAsync(string name, string text, CancellationToken cancellation)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).ConfigureAwait(false);
        }

        packed.Position = 0;
        await container.GetBlobClient(name).UploadAsync(packed, overwrite: true, cancellation).ConfigureAwait(false);
    }

    /// <summary>The text behind an Instances column, which holds either the text itself or the address of one of our blobs.</summary>
    public async Task<string?> ResolveAsync(string instanceId, string? columnValue, CancellationToken cancellation)
    {
        var prefix = $"{container.Uri.AbsoluteUri}/";
        return columnValue is not null && columnValue.StartsWith($"{prefix}{instanceId}/", StringComparison.Ordinal)
            ? await ReadAsync(Uri.UnescapeDataString(columnValue[prefix.Length..]), cancellation).ConfigureAwait(false)
            : columnValue;
    }

    public async Task DeleteAllAsync(string instanceId, CancellationToken cancellation)
    {
        await foreach (var blob in container.GetBlobsAsync(
            BlobTraits.None, BlobStates.None, $"{instanceId}/", cancellation).ConfigureAwait(false))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation).ConfigureAwait(false);
        }
    }

    private async Task<string> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            using var packed = await container.GetBlobClient(name).OpenReadAsync(cancellationToken: cancellation).ConfigureAwait(false);
            using var text = new StreamReader(new GZipStream(packed, CompressionMode.Decompress), Encoding.UTF8);
            return await text.ReadToEndAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RequestFailedException { Status: 404 } or InvalidDataException)
        {
            throw new HistoryUnreadableException($"Blob {name} is missing or not gzip.");
        }
    }
}
