using Custody.Core.Vaults;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// Vault keys (secp256k1) in a Managed HSM. A key's id is its whole identifier with the version, so that governance pins HSM,
/// key and version. Only the signing gate holds one.
/// </summary>
public sealed class ManagedHsmVault : IVault
{
    private readonly ManagedHsmClient _client;
    private readonly HsmKeyReader _keys;
    private readonly HsmSigning _signing;
    private readonly ILogger<ManagedHsmVault> _logger;

    /// <summary>Nothing is asked of the HSM before the first use. Several vaults of one HSM may share the client.</summary>
    public ManagedHsmVault(ManagedHsmClient client, TimeProvider time, ILogger<ManagedHsmVault> logger)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _logger = logger;
        _keys = new HsmKeyReader(client, time, logger);
        _signing = new HsmSigning(client, _keys, logger);
    }

    /// <inheritdoc />
    public async Task<VaultKeyReading> DescribeAsync(string keyId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        if (!ManagedHsmKeyId.TryParse(keyId, _client.HsmUri, out var key, out var refusal))
        {
            return NotRead(keyId, VaultFault.KeyNotPinned, refusal);
        }

        var read = await _keys.ReadAsync(key, cancellation).ConfigureAwait(false);
        return read.Value is not { } facts ? NotRead(keyId, read.Fault, read.Detail)
            : facts.Curve != EllipticCurve.Secp256k1 ? NotRead(keyId, VaultFault.KeyNotAttested, $"key '{keyId}' is not a {EllipticCurve.Secp256k1} key")
            : new VaultKeyReading.Found(facts.Facts);
    }

    /// <inheritdoc />
    public async Task<VaultSigning> SignAsync(string keyId, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        var answer = await _signing.SignAsync(keyId, EllipticCurve.Secp256k1, digest.ToArray(), cancellation).ConfigureAwait(false);
        if (answer.Value is { } signature)
        {
            return new VaultSigning.Signed(signature);
        }

        if (answer.Fault == VaultFault.Unknown)
        {
            ManagedHsmLog.SigningUnknown(_logger, keyId, answer.Detail);
        }
        else
        {
            ManagedHsmLog.KeyRefused(_logger, keyId, answer.Fault, answer.Detail);
        }

        return new VaultSigning.Faulted(answer.Fault, answer.Detail);
    }

    /// <summary>The HSM's evidence that it holds a key; null where it gives none.</summary>
    public async Task<ManagedHsmAttestation?> AttestAsync(string keyId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        var answer = await HsmAttesting.ReadAsync(_client, keyId, cancellation).ConfigureAwait(false);
        if (answer.Value is null)
        {
            ManagedHsmLog.KeyRefused(_logger, keyId, answer.Fault, answer.Detail);
        }

        return answer.Value;
    }

    private VaultKeyReading.Faulted NotRead(string keyId, VaultFault fault, string detail)
    {
        ManagedHsmLog.KeyRefused(_logger, keyId, fault, detail);
        return new VaultKeyReading.Faulted(fault, detail);
    }
}
