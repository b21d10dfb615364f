using System.Text.Json;
using System.Text.Json.Serialization;
using Custody.Core.Signatures;
using Custody.Vaults.Pkcs11;

namespace Custody.Vaults.ManagedHsm;

/// <summary>The answer of get-key (Key Vault REST API, KeyBundle). Members that it may gain are none of our business.</summary>
internal sealed record KeyBundle(
    [property: JsonPropertyName("key")] KeyBundle.JsonWebKey? Key,
    [property: JsonPropertyName("attributes")] KeyBundle.KeyAttributes? Attributes,
    [property: JsonPropertyName("tags")] IReadOnlyDictionary<string, string>? Tags,
    [property: JsonPropertyName("release_policy")] JsonElement? ReleasePolicy)
{
    private const int CoordinateLength = 32;
    private static readonly JsonSerializerOptions Json = new() { AllowDuplicateProperties = false };

    /// <summary>Reads an answer; null if it is none.</summary>
    public static KeyBundle? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<KeyBundle>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The curve that the key says it is on; RFC 8812 calls P-256K secp256k1.</summary>
    public EllipticCurve Curve => Key?.Curve switch
    {
        "P-256K" => EllipticCurve.Secp256k1,
        "P-256" => EllipticCurve.P256,
        _ => EllipticCurve.Other,
    };

    /// <summary>The uncompressed point, 65 bytes; null if there are no coordinates of 32 bytes each.</summary>
    public byte[]? PublicKey() => Coordinate(Key?.X) is { } x && Coordinate(Key?.Y) is { } y ? [4, .. x, .. y] : null;

    private static byte[]? Coordinate(string? text) =>
        text is not null && StrictBase64Url.TryDecode(text, out var bytes) && bytes.Length == CoordinateLength ? bytes : null;

    internal sealed record JsonWebKey(
        [property: JsonPropertyName("kid")] string? Kid,
        [property: JsonPropertyName("kty")] string? KeyType,
        [property: JsonPropertyName("crv")] string? Curve,
        [property: JsonPropertyName("x")] string? X,
        [property: JsonPropertyName("y")] string? Y,
        [property: JsonPropertyName("key_ops")] IReadOnlyList<string>? Operations);

    internal sealed record KeyAttributes(
        [property: JsonPropertyName("enabled")] bool? Enabled,
        [property: JsonPropertyName("nbf")] long? NotBefore,
        [property: JsonPropertyName("exp")] long? Expires,
        [property: JsonPropertyName("exportable")] bool? Exportable,
        [property: JsonPropertyName("hsmPlatform")] string? HsmPlatform,
        [property: JsonPropertyName("attestation")] KeyAttestation? Attestation);

    internal sealed record KeyAttestation(
        [property: JsonPropertyName("certificatePemFile")] string? Certificates,
        [property: JsonPropertyName("privateKeyAttestation")] string? PrivateKey,
        [property: JsonPropertyName("publicKeyAttestation")] string? PublicKey,
        [property: JsonPropertyName("version")] string? Version);
}
