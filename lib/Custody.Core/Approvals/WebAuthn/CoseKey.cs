namespace Custody.Core.Approvals.WebAuthn;

/// <summary>The one credential key that counts: COSE EC2 on P-256 for ES256 (RFC 9053 §7.1.1, WebAuthn Level 3 §5.8.5), in CTAP2's canonical CBOR.</summary>
public static class CoseKey
{
    private const int KeyType = 1;
    private const int Ec2 = 2;
    private const int Algorithm = 3;
    private const int Curve = -1;
    private const int P256 = 1;
    private const int X = -2;
    private const int Y = -3;
    private const int CoordinateLength = 32;

    /// <summary>ES256's number among COSE's algorithms.</summary>
    public const int Es256 = -7;

    /// <summary>The uncompressed point; null when the bytes are anything else than exactly such a key.</summary>
    public static byte[]? ReadPoint(ReadOnlyMemory<byte> cbor) => StrictCbor.Read(cbor, reader =>
    {
        // Canonical order makes the key's members come in one order only.
        if (reader.ReadStartMap() != 5
            || reader.ReadInt32() != KeyType || reader.ReadInt32() != Ec2
            || reader.ReadInt32() != Algorithm || reader.ReadInt32() != Es256
            || reader.ReadInt32() != Curve || reader.ReadInt32() != P256
            || reader.ReadInt32() != X)
        {
            return null;
        }

        var x = reader.ReadByteString();
        if (reader.ReadInt32() != Y)
        {
            return null;
        }

        var y = reader.ReadByteString();
        reader.ReadEndMap();
        return x.Length == CoordinateLength && y.Length == CoordinateLength ? (byte[])[4, .. x, .. y] : null;
    });
}
