using System.Security.Cryptography;
using Custody.Core.Vaults;

namespace Custody.TestHost;

/// <summary>A vault in front of the real one that behaves as the controls say.</summary>
public sealed class LyingVault(IVault real, Doubles doubles) : IVault
{
    public async Task<VaultKeyReading> DescribeAsync(string keyId, CancellationToken cancellation) => doubles.Now.Vault switch
    {
        "gone" => new VaultKeyReading.Faulted(VaultFault.TokenMissing, "No token is present."),
        "otherRoot" => await real.DescribeAsync(keyId, cancellation) is VaultKeyReading.Found found
            ? new VaultKeyReading.Found(found.Facts with { Label = new string('0', 64) })
            : throw new InvalidOperationException("The real vault has no such key."),
        _ => await real.DescribeAsync(keyId, cancellation),
    };

    public async Task<VaultSigning> SignAsync(string keyId, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        switch (doubles.Now.Vault)
        {
            case "honest" or "otherRoot":
                return await real.SignAsync(keyId, digest, cancellation);
            case "gone":
                return new VaultSigning.Faulted(VaultFault.TokenMissing, "No token is present.");
            case "silent":
                // It signs, and the answer is lost.
                await real.SignAsync(keyId, digest, cancellation);
                return new VaultSigning.Faulted(VaultFault.Unknown, "The device did not answer.");
            case "signsOtherBytes":
                return await real.SignAsync(keyId, SHA256.HashData(digest.Span), cancellation);
            case "otherKey":
                return new VaultSigning.Signed(SignatureLies.OtherKey(digest.Span));
            case "garbage":
                return new VaultSigning.Signed(RandomNumberGenerator.GetBytes(64));
            case "highS":
                return await real.SignAsync(keyId, digest, cancellation) is VaultSigning.Signed signed ? new VaultSigning.Signed(SignatureLies.HighS(signed.Signature)) : throw new InvalidOperationException("The real vault did not sign.");
            case "signsAndDies":
                await real.SignAsync(keyId, digest, cancellation);
                Environment.FailFast("The process dies between the vault's signature and its storing, as the controls say.");
                return new VaultSigning.Faulted(VaultFault.Unknown, "");
            case var unknown:
                throw new InvalidOperationException($"'{unknown}' is no behaviour of a vault.");
        }
    }
}
