namespace Custody.Core.Signatures;

/// <summary>A private key that signs documents: a client's, an approver's device, an operator's, the comparison key.</summary>
public interface IDocumentSigner
{
    /// <summary>The registered key id that goes into the JWS header.</summary>
    string KeyId { get; }

    /// <summary>The key's algorithm.</summary>
    SignatureAlgorithm Algorithm { get; }

    /// <summary>Signs <paramref name="data"/> (the whole signing input; the signer hashes). 64 bytes, r‖s for ES256.</summary>
    Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation);
}
