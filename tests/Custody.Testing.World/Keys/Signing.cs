using Custody.Core.Encoding;
using Custody.Core.Signatures;

namespace Custody.Testing.World;

/// <summary>Signs documents at once: software keys never wait.</summary>
public static class Signing
{
    public static string SignBytes(this SoftwareKey key, string type, ReadOnlyMemory<byte> payload, DateTimeOffset? at, bool detached = false) =>
        Jws.SignAsync(key, type, payload, at, detached, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>A statement as an attached JWS over its canonical bytes.</summary>
    public static string Sign<T>(this SoftwareKey key, string type, T statement, DateTimeOffset at)
        where T : class => key.SignBytes(type, CanonicalJson.Serialize(statement), at);

    /// <summary>A document that several keys sign.</summary>
    public static SignedDocument Document<T>(string type, T document, DateTimeOffset at, params IEnumerable<SoftwareKey> keys)
        where T : class
    {
        var payload = CanonicalJson.Serialize(document);
        return SignedDocument.Of(payload, keys.Select(k => k.SignBytes(type, payload, at, detached: true)));
    }
}
