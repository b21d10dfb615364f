namespace Custody.Vaults.Pkcs11;

/// <summary>CKA_EC_PARAMS and CKA_EC_POINT: a curve's DER object identifier, and a point in DER or bare.</summary>
internal static class EcParameters
{
    private static readonly byte[] Secp256k1 = [0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a];
    private static readonly byte[] P256 = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

    public static byte[] Of(EllipticCurve curve) => curve switch
    {
        EllipticCurve.Secp256k1 => [.. Secp256k1],
        EllipticCurve.P256 => [.. P256],
        _ => throw new ArgumentOutOfRangeException(nameof(curve)),
    };

    public static EllipticCurve CurveOf(ReadOnlySpan<byte> parameters) =>
        parameters.SequenceEqual(Secp256k1) ? EllipticCurve.Secp256k1
        : parameters.SequenceEqual(P256) ? EllipticCurve.P256
        : EllipticCurve.Other;

    /// <summary>
    /// The uncompressed point, 65 bytes. The standard wants an OCTET STRING around it; some tokens leave it out.
    /// </summary>
    public static byte[]? PointOf(ReadOnlySpan<byte> attribute) => attribute switch
    {
        { Length: 65 } when attribute[0] == 4 => attribute.ToArray(),
        [0x04, 65, 0x04, ..] when attribute.Length == 67 => attribute[2..].ToArray(),
        _ => null,
    };
}
