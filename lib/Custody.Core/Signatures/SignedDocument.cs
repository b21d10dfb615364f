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

    /// <summary>The payload's bytes; empty when the text is not base64url.</summary>
    public byte[] PayloadBytes() => StrictBase64Url.TryDecode(Payload, out var bytes) ? bytes : [];

    /// <summary>The stored form.</summary>
    public byte[] ToBytes() => CanonicalJson.Serialize(this);

    /// <summary>Reads the stored form; throws <see cref="System.Text.Json.JsonException"/> when it is not one.</summary>
    public static SignedDocument FromBytes(ReadOnlySpan<byte> bytes) => CanonicalJson.Deserialize<SignedDocument>(bytes);
}
