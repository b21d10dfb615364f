using System.Security.Cryptography;
using Custody.Core.Signatures;

namespace Custody.Cli.Initialisation.Keys;

/// <summary>A key that lives for one rehearsal.</summary>
internal sealed class ThrowAwaySigner(string keyId) : IDocumentSigner, IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string KeyId => keyId;

    public SignatureAlgorithm Algorithm => SignatureAlgorithm.Es256;

    public RegisteredKey Registered
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return RegisteredKey.From(keyId, Algorithm, [4, .. point.X!, .. point.Y!]);
        }
    }

    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation) =>
        Task.FromResult(_key.SignData(data.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public void Dispose() => _key.Dispose();
}
