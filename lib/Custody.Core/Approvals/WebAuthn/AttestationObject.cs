using System.Formats.Cbor;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>A registration's attestation object (WebAuthn Level 3 §6.5.4).</summary>
/// <param name="Format">The statement's format.</param>
/// <param name="Statement">The statement, CBOR.</param>
/// <param name="AuthenticatorData">The authenticator data, as it was signed.</param>
public sealed record AttestationObject(string Format, byte[] Statement, byte[] AuthenticatorData)
{
    /// <summary>Reads the bytes; null when they are not exactly such an object.</summary>
    public static AttestationObject? Read(ReadOnlyMemory<byte> cbor) => StrictCbor.Read(cbor, Read);

    private static AttestationObject? Read(CborReader reader)
    {
        if (reader.ReadStartMap() != 3 || reader.ReadTextString() != "fmt")
        {
            return null;
        }

        var format = reader.ReadTextString();
        if (reader.ReadTextString() != "attStmt")
        {
            return null;
        }

        var statement = reader.ReadEncodedValue().ToArray();
        if (reader.ReadTextString() != "authData")
        {
            return null;
        }

        var data = reader.ReadByteString();
        reader.ReadEndMap();
        return new AttestationObject(format, statement, data);
    }
}
