using System.Security.Cryptography;
using Custody.Core.Signatures;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// Signs documents (ES256) with a P-256 key in a Managed HSM: the comparison key, where there is no token. It refuses any other
/// curve, so that a vault key never signs a document's hash.
/// </summary>
public sealed class ManagedHsmDocumentSigner : IDocumentSigner
{
    private readonly string _hsmKeyId;
    private readonly HsmSigning _signing;

    /// <summary>Nothing is asked of the HSM before the first use.</summary>
    /// <param name="client">The HSM.</param>
    /// <param name="keyId">The registered key id, which goes into the JWS header.</param>
    /// <param name="hsmKeyId">The key's identifier in the HSM, with its version.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public ManagedHsmDocumentSigner(ManagedHsmClient client, string keyId, string hsmKeyId, TimeProvider time, ILogger<ManagedHsmDocumentSigner> logger)
    {
        ArgumentNullException.ThrowIfNull(client);
        KeyId = keyId;
        _hsmKeyId = hsmKeyId;
        _signing = new HsmSigning(client, new HsmKeyReader(client, time, logger), logger);
    }

    /// <inheritdoc />
    public string KeyId { get; }

    /// <inheritdoc />
    public SignatureAlgorithm Algorithm => SignatureAlgorithm.Es256;

    /// <inheritdoc />
    /// <exception cref="ManagedHsmFaultException">The HSM gave no signature.</exception>
    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        var answer = await _signing.SignAsync(_hsmKeyId, EllipticCurve.P256, SHA256.HashData(data.Span), cancellation).ConfigureAwait(false);
        return answer.Value ?? throw new ManagedHsmFaultException(answer.Fault, answer.Detail);
    }
}
