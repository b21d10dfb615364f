using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Changes a blob's content. An append blob is made anew, a line a block, as a journal is written.</summary>
internal sealed record TamperBlobStep : BlobStep
{
    /// <summary>An edit of the text.</summary>
    public TextEdit? Edit { get; init; }

    /// <summary>An edit of a signed document's payload, which the blob holds in base64url.</summary>
    public TextEdit? EditPayload { get; init; }

    /// <summary>How many of the last lines go.</summary>
    public int? DropLines { get; init; }

    public override string? Problem() =>
        (Edit is null ? 0 : 1) + (EditPayload is null ? 0 : 1) + (DropLines is null ? 0 : 1) == 1 ? null : "A tampering has one of edit, editPayload and dropLines.";

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        foreach (var blob in await FindAsync(world, cancellation))
        {
            var read = await blob.DownloadContentAsync(cancellation);
            var changed = Change(read.Value.Content.ToString());
            if (read.Value.Details.BlobType == BlobType.Append)
            {
                await WriteLinesAsync(world.Storage.Container(Account, Container).GetAppendBlobClient(blob.Name), changed, cancellation);
            }
            else
            {
                await blob.UploadAsync(BinaryData.FromString(changed), overwrite: true, cancellation);
            }
        }
    }

    private string Change(string text)
    {
        if (DropLines is { } count)
        {
            var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return count <= lines.Length ? string.Concat(lines[..^count].Select(l => l + "\n")) : throw new ScenarioException($"the blob has {lines.Length} lines");
        }

        return Edit?.Apply(text) ?? WithPayload(text);
    }

    private string WithPayload(string text)
    {
        var document = (JsonObject)JsonNode.Parse(text)!;
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(document["payload"]!.GetValue<string>()));
        document["payload"] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(EditPayload!.Apply(payload)));
        return document.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private static async Task WriteLinesAsync(AppendBlobClient blob, string text, CancellationToken cancellation)
    {
        await blob.DeleteAsync(cancellationToken: cancellation);
        await blob.CreateAsync(new AppendBlobCreateOptions(), cancellation);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var block = new MemoryStream(Encoding.UTF8.GetBytes(line + "\n"));
            await blob.AppendBlockAsync(block, cancellationToken: cancellation);
        }
    }
}
