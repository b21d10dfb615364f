using System.Formats.Cbor;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>A <c>packed</c> attestation statement (WebAuthn Level 3 §8.2).</summary>
/// <param name="Algorithm">The signature's COSE algorithm.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Certificates">The attestation certificate and those above it; empty where the credential's own key signed.</param>
public sealed record PackedStatement(int Algorithm, byte[] Signature, IReadOnlyList<byte[]> Certificates)
{
    /// <summary>The format's name.</summary>
    public const string Format = "packed";

    private const int MostCertificates = 4;

    /// <summary>Reads the statement; null when it is not exactly such a one.</summary>
    public static PackedStatement? Read(ReadOnlyMemory<byte> cbor) => StrictCbor.Read(cbor, Read);

    private static PackedStatement? Read(CborReader reader)
    {
        var members = reader.ReadStartMap();
        if (members is not (2 or 3) || reader.ReadTextString() != "alg")
        {
            return null;
        }

        var algorithm = reader.ReadInt32();
        if (reader.ReadTextString() != "sig")
        {
            return null;
        }

        var signature = reader.ReadByteString();
        var certificates = new List<byte[]>();
        if (members == 3)
        {
            if (reader.ReadTextString() != "x5c" || reader.ReadStartArray() is not (> 0 and <= MostCertificates))
            {
                return null;
            }

            while (reader.PeekState() != CborReaderState.EndArray)
            {
                certificates.Add(reader.ReadByteString());
            }

            reader.ReadEndArray();
        }

        reader.ReadEndMap();
        return new PackedStatement(algorithm, signature, certificates);
    }
}
