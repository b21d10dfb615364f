using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Vaults.Ecdsa;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// ES256K or ES256 over a 32-byte digest, by a pinned version of an attested key of the right curve only; no signature leaves
/// here that is not that key's over that digest. The one place that asks a Managed HSM to sign.
/// </summary>
internal sealed class HsmSigning(ManagedHsmClient client, HsmKeyReader keys, ILogger logger)
{
    private const int DigestLength = 32;
    private const int SignatureLength = 64;
    private static readonly JsonSerializerOptions Json = new() { AllowDuplicateProperties = false };

    public async Task<HsmAnswer<byte[]>> SignAsync(string keyId, EllipticCurve curve, byte[] digest, CancellationToken cancellation)
    {
        // "sign" takes digests of other lengths for other algorithms, and what is no digest must not reach a key.
        if (digest.Length != DigestLength)
        {
            return HsmAnswer<byte[]>.Faulted(VaultFault.BadDigest, $"a digest has {DigestLength} bytes, not {digest.Length}");
        }

        if (!ManagedHsmKeyId.TryParse(keyId, client.HsmUri, out var key, out var unpinned))
        {
            return HsmAnswer<byte[]>.Faulted(VaultFault.KeyNotPinned, unpinned);
        }

        var read = await keys.ReadAsync(key, cancellation).ConfigureAwait(false);
        if (read.Value is not { } facts)
        {
            return HsmAnswer<byte[]>.Faulted(read.Fault, read.Detail);
        }

        return facts.Refusal(curve) is { } refusal
            ? HsmAnswer<byte[]>.Faulted(VaultFault.KeyNotAttested, refusal)
            : await AskAsync(key, facts, digest, cancellation).ConfigureAwait(false);
    }

    private async Task<HsmAnswer<byte[]>> AskAsync(ManagedHsmKeyId key, ManagedHsmKeyFacts facts, byte[] digest, CancellationToken cancellation)
    {
        var algorithm = facts.Curve == EllipticCurve.Secp256k1 ? "ES256K" : "ES256";
        var reply = await client.SignAsync(key, algorithm, digest, cancellation).ConfigureAwait(false);
        if (reply.Problem != HsmProblem.None)
        {
            if (!HsmProblems.MayPass(reply.Problem))
            {
                // The key may have been disabled or taken away since it was read.
                keys.Forget(key);
            }

            return HsmAnswer<byte[]>.Faulted(reply.SigningFault, $"sign with '{key}': {reply.Problem}, {reply.Detail}");
        }

        if (Parse(reply.Body) is not { } answer || !key.Is(answer.Kid)
            || !StrictBase64Url.TryDecode(answer.Value ?? "", out var signature) || signature.Length != SignatureLength)
        {
            // It did sign something, and we do not know what.
            return HsmAnswer<byte[]>.Faulted(VaultFault.Unknown, $"sign with '{key}': {HsmProblem.Malformed}, the answer is no signature of that key");
        }

        if (!IsSignature(facts, digest, signature))
        {
            ManagedHsmLog.SignatureInvalid(logger, key.Text);
            return HsmAnswer<byte[]>.Faulted(VaultFault.SignatureInvalid, $"sign with '{key}': the signature is not the key's over the digest");
        }

        return HsmAnswer<byte[]>.Done(signature);
    }

    private static bool IsSignature(ManagedHsmKeyFacts facts, byte[] digest, byte[] signature)
    {
        var point = facts.Facts.PublicKey;
        if (facts.Curve == EllipticCurve.Secp256k1)
        {
            return Secp256k1Signature.Verify(point, digest, signature);
        }

        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
            return key.VerifyHash(digest, signature);
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            return false;
        }
    }

    private static SignAnswer? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<SignAnswer>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record SignAnswer([property: JsonPropertyName("kid")] string? Kid, [property: JsonPropertyName("value")] string? Value);
}
