using System.Text.Json;
using Custody.Core.Encoding;

namespace Custody.Core.Signatures;

/// <summary>
/// JWS compact serialisation (RFC 7515), attached or detached (its appendix F), for our signed documents. The algorithm is
/// the registered key's and never the header's choice (RFC 8725 §3.1).
/// </summary>
public static class Jws
{
    /// <summary>Clocks may differ by this much before an issue time counts as in the future.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Signs <paramref name="payload"/>; the result carries it, or leaves it out when <paramref name="detached"/>.</summary>
    public static async Task<string> SignAsync(
        IDocumentSigner signer, string type, ReadOnlyMemory<byte> payload, DateTimeOffset? issuedAt, bool detached, CancellationToken cancellation)
    {
        var header = new JwsHeader(signer.Algorithm, signer.KeyId, type, issuedAt?.ToUnixTimeSeconds());
        var head = StrictBase64Url.Encode(CanonicalJson.Serialize(header));
        var body = StrictBase64Url.Encode(payload.Span);
        var signature = await signer.SignAsync(System.Text.Encoding.ASCII.GetBytes($"{head}.{body}"), cancellation);
        return $"{head}.{(detached ? "" : body)}.{StrictBase64Url.Encode(signature)}";
    }

    /// <summary>Verifies an attached document and returns its payload.</summary>
    public static JwsVerification Verify(string compact, string type, Func<string, RegisteredKey?> keys, Clocks now) =>
        Verify(compact, null, type, keys, now);

    /// <summary>Verifies a detached signature over <paramref name="payload"/>.</summary>
    public static JwsVerification VerifyDetached(
        string compact, ReadOnlyMemory<byte> payload, string type, Func<string, RegisteredKey?> keys, Clocks now) =>
        Verify(compact, payload, type, keys, now);

    /// <summary>The key id that a JWS names, without believing it; null when it cannot be read.</summary>
    public static string? PeekKeyId(string compact) =>
        compact.Split('.') is [var head, _, _] && TryReadHeader(head, out var header) ? header.KeyId : null;

    private static JwsVerification Verify(
        string compact, ReadOnlyMemory<byte>? detached, string type, Func<string, RegisteredKey?> keys, Clocks now)
    {
        if (compact.Split('.') is not [var head, var body, var tail] || !TryReadHeader(head, out var header)
            || !StrictBase64Url.TryDecode(tail, out var signature) || !StrictBase64Url.TryDecode(body, out var attached)
            || (detached is not null && body.Length > 0))
        {
            return Invalid(JwsRefusal.Malformed, "is not a compact JWS whose header has exactly alg, kid, typ and iat");
        }

        if (!string.Equals(header.Type, type, StringComparison.Ordinal))
        {
            return Invalid(JwsRefusal.WrongType, $"has typ '{header.Type}' where '{type}' is expected");
        }

        if (type != DocumentType.CallToken && (header.IssuedAt is not { } issued || issued > (now.Host + ClockSkew).ToUnixTimeSeconds()))
        {
            return Invalid(JwsRefusal.BadIssueTime, "has no iat, or one in the future");
        }

        if (keys(header.KeyId) is not { } key)
        {
            return Invalid(JwsRefusal.UnknownKey, $"names the key '{header.KeyId}', which is not registered for this");
        }

        if (now.Host < key.Terms?.NotBefore || now.Later >= key.Terms?.NotAfter)
        {
            return Invalid(JwsRefusal.KeyNotValid, $"names the key '{header.KeyId}', whose time has not come or is over");
        }

        if (header.Algorithm != key.Algorithm || key.Algorithm == SignatureAlgorithm.None)
        {
            return Invalid(JwsRefusal.WrongAlgorithm, "claims another algorithm than the registered key's");
        }

        var payload = detached?.ToArray() ?? attached;
        var input = System.Text.Encoding.ASCII.GetBytes($"{head}.{StrictBase64Url.Encode(payload)}");
        return SignatureCheck.Verify(key, input, signature)
            ? new JwsVerification.Valid(header, payload, key)
            : Invalid(JwsRefusal.BadSignature, $"does not verify under the key '{header.KeyId}'");
    }

    private static bool TryReadHeader(string text, out JwsHeader header)
    {
        header = default!;
        if (!StrictBase64Url.TryDecode(text, out var json))
        {
            return false;
        }

        try
        {
            header = CanonicalJson.DeserializeLoose<JwsHeader>(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JwsVerification.Invalid Invalid(JwsRefusal reason, string detail) => new(reason, $"The signature {detail}.");
}
