using Custody.Core.Vaults;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.Pkcs11;

/// <summary>Vault keys (secp256k1) on a PKCS#11 token. Only the signing gate holds one.</summary>
public sealed class Pkcs11Vault : IVault, IAsyncDisposable
{
    private readonly Pkcs11SessionPool _pool;
    private readonly ILogger<Pkcs11Vault> _logger;

    /// <summary>Nothing is loaded or asked of the token before the first use.</summary>
    public Pkcs11Vault(Pkcs11Options options, TimeProvider time, ILoggerFactory loggers)
    {
        _pool = new Pkcs11SessionPool(options, time, loggers.CreateLogger<Pkcs11SessionPool>());
        _logger = loggers.CreateLogger<Pkcs11Vault>();
    }

    /// <inheritdoc />
    public async Task<VaultKeyReading> DescribeAsync(string keyId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        var answer = await _pool.RunAsync(session => KeyFinder.Find(session, keyId), cancellation).ConfigureAwait(false);
        return answer.Match<VaultKeyReading>(
            found => new VaultKeyReading.Found(found.Facts.Facts),
            (fault, detail) =>
            {
                Pkcs11Log.KeyRefused(_logger, keyId, fault, detail);
                return new VaultKeyReading.Faulted(fault, detail);
            });
    }

    /// <inheritdoc />
    public async Task<VaultSigning> SignAsync(string keyId, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        if (AttestedSigning.LengthRefusal(digest.Length) is { } refusal)
        {
            return Faulted(keyId, VaultFault.BadDigest, refusal);
        }

        var copy = digest.ToArray();
        var answer = await _pool
            .RunAsync(session => AttestedSigning.Sign(session, keyId, EllipticCurve.Secp256k1, copy), cancellation)
            .ConfigureAwait(false);
        return answer.Match<VaultSigning>(
            signature => new VaultSigning.Signed(signature),
            (fault, detail) => Faulted(keyId, fault, detail));
    }

    /// <summary>Reads what the token says of itself: maker, model, serial number and versions.</summary>
    public Task<Pkcs11Answer<Pkcs11TokenFacts>> DescribeTokenAsync(CancellationToken cancellation) => _pool.RunAsync<Pkcs11TokenFacts>(
        session => new Pkcs11Answer<Pkcs11TokenFacts>.Done(Pkcs11Inventory.Facts(session.Slot, session.Slot.GetTokenInfo())), cancellation);

    /// <summary>Closes its sessions; the module stays, for others of the process.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private VaultSigning.Faulted Faulted(string keyId, VaultFault fault, string detail)
    {
        if (fault == VaultFault.Unknown)
        {
            Pkcs11Log.SigningUnknown(_logger, keyId, detail);
        }
        else
        {
            Pkcs11Log.KeyRefused(_logger, keyId, fault, detail);
        }

        return new VaultSigning.Faulted(fault, detail);
    }
}
