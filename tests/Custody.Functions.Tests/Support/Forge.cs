using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Custody.Core.Signatures;

namespace Custody.Functions.Tests.Support;

/// <summary>Builds JWSs by hand, with headers that no honest signer writes.</summary>
internal static class Forge
{
    public static async Task<string> CompactAsync(IDocumentSigner signer, JsonObject header, byte[] payload, bool detached = false)
    {
        var head = Encode(header.ToJsonString());
        var body = Base64Url.EncodeToString(payload);
        var signature = await signer.SignAsync(Encoding.ASCII.GetBytes($"{head}.{body}"), CancellationToken.None);
        return $"{head}.{(detached ? "" : body)}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The classic confusion: an HMAC keyed with the public key.</summary>
    public static string Hmac(JsonObject header, byte[] payload, byte[] publicKey)
    {
        var input = $"{Encode(header.ToJsonString())}.{Base64Url.EncodeToString(payload)}";
        return $"{input}.{Base64Url.EncodeToString(HMACSHA256.HashData(publicKey, Encoding.ASCII.GetBytes(input)))}";
    }

    public static string Unsigned(JsonObject header, byte[] payload) => $"{Encode(header.ToJsonString())}.{Base64Url.EncodeToString(payload)}.";

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
