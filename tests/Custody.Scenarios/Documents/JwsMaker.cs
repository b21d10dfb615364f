using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Custody.Core.Encoding;
using Custody.Core.Signatures;

namespace Custody.Scenarios.Documents;

/// <summary>Makes compact JWSs, good ones and such as nobody should accept. It shares no code with the app's own.</summary>
internal static class JwsMaker
{
    public static async Task<string> MakeAsync(
        IDocumentSigner signer, string type, byte[] payload, DateTimeOffset? issuedAt, bool detached, SignOptions? options, CancellationToken cancellation)
    {
        var algorithm = options?.Alg ?? (signer.Algorithm == SignatureAlgorithm.EdDsa ? "EdDSA" : "ES256");
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = options?.Kid ?? signer.KeyId, ["typ"] = options?.Typ ?? type };
        if ((options?.IssuedAt ?? issuedAt) is { } issued)
        {
            header["iat"] = issued.ToUnixTimeSeconds();
        }

        var head = Text(CanonicalJson.Canonicalize(header));
        var body = Text(payload);
        var input = System.Text.Encoding.ASCII.GetBytes($"{head}.{body}");
        var signature = algorithm == "none" ? [] : options is { Forged: true } ? Forge(input) : await signer.SignAsync(input, cancellation);
        return $"{head}.{(detached ? "" : body)}.{Text(signature)}";
    }

    private static byte[] Forge(byte[] input)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
