using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Custody.Storage.Journals;

/// <summary>Finds out whether an identity may append to journals, without appending anything.</summary>
internal static class JournalRights
{
    // Azure gives no blob this version, so the condition never holds.
    private static readonly ETag Never = new("\"0x1\"");

    public static async Task<bool> MayAppendAsync(BlobContainerClient container, CancellationToken cancellation)
    {
        var blob = container.GetAppendBlobClient($"{StopJournal.Name}/{0.ToString("D6", CultureInfo.InvariantCulture)}");
        try
        {
            using var content = new MemoryStream([(byte)'\n'], writable: false);
            var conditions = new AppendBlobRequestConditions { IfMatch = Never, IfAppendPositionEqual = long.MaxValue };
            await blob.AppendBlockAsync(content, new AppendBlobAppendBlockOptions { Conditions = conditions }, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException refused) when (refused.Status is 401 or 403)
        {
            return false;
        }
        catch (RequestFailedException conditional) when (conditional.Status is 412 or 404)
        {
            // The right was there, and only the condition, or the blob, was not.
            return true;
        }
    }
}
