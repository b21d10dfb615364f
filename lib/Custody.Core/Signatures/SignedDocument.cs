using Custody.Core.Encoding;

namespace Custody.Core.Signatures;

/// <summary>A document that several keys sign: its canonical payload and detached JWSs over it.</summary>
/// <param name="Payload">base64url of the canonical bytes.</param>
/// <param name="Signatures">Detached compact JWSs.</param>
public sealed record SignedDocument(string Payload, IReadOnlyList<string> Signatures)
{
    /// <summary>Wraps canonical bytes and their signatures.</summary>
    public static SignedDocument Of(ReadOnlySpan<byte> payload, IEnumerable<string> signatures) =>
        new(StrictBase64Url.Encode(payload), [.. signatures]);

    /// <summary>Wraps an attached compact JWS as payload and detached signature; null when it is not one.</summary>
    public static SignedDocument? FromCompact(string compact) =>
        compact.Split('.') is [var head, var body, var tail] ? new SignedDocument(body, [$"{head}..{tail}"]) : null;

    /// <summary>The attached compact form of a document with one signature.</summary>
    public string ToCompact() => Signatures is [var only] && only.Split('.') is [var head, "", var tail]
        ? $"{head}.{Payload}.{tail}"
        : throw new InvalidOperationException("Only a document with one detached signature has a compact form.");

    /// <summary>The payload's bytes; empty when the text is not base64url.</summary>
    public byte[] PayloadBytes() => StrictBase64Url.TryDecode(Payload, out var bytes) ? bytes : [];

    /// <summary>The stored form.</summary>
    public byte[] ToBytes() => CanonicalJson.Serialize(this);

    /// <summary>Reads the stored form; throws <see cref="System.Text.Json.JsonException"/> when it is not one.</summary>
    public static SignedDocument FromBytes(ReadOnlySpan<byte> bytes) => CanonicalJson.Deserialize<SignedDocument>(bytes);
}
