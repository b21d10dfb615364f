using System.Formats.Cbor;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>Reads CBOR as CTAP2 writes it (RFC 8949, CTAP 2.2 §8): shortest forms, sorted keys, none twice, nothing indefinite, nothing after the end.</summary>
internal static class StrictCbor
{
    /// <summary>What <paramref name="read"/> makes of the whole of the bytes; null when they are not what it reads.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> cbor, Func<CborReader, T?> read)
        where T : class
    {
        try
        {
            var reader = new CborReader(cbor, CborConformanceMode.Ctap2Canonical);
            var value = read(reader);
            return reader.BytesRemaining == 0 && reader.PeekState() == CborReaderState.Finished ? value : null;
        }
        catch (Exception malformed) when (malformed is CborContentException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }
}
