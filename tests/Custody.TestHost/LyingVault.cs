using System.Security.Cryptography;
using Custody.Core.Vaults;

namespace Custody.TestHost;

/// <summary>A vault in front of the real one that behaves as the controls say.</summary>
public sealed class LyingVault(IVault real, Doubles doubles) : IVault
{
    // What nobody can do to a SoftHSM token from outside while the app runs, and what a token that locks its PIN says.
    private static readonly Dictionary<string, VaultFault> Faults = new(StringComparer.Ordinal)
    {
        ["gone"] = VaultFault.TokenMissing,
        ["pinWrong"] = VaultFault.WrongPin,
        ["pinLocked"] = VaultFault.PinLocked,
        ["keyMissing"] = VaultFault.KeyMissing,
        ["moduleMissing"] = VaultFault.ModuleMissing,
    };

    public async Task<VaultKeyReading> DescribeAsync(string keyId, CancellationToken cancellation) => doubles.Now.Vault switch
    {
        var behaviour when Faults.TryGetValue(behaviour, out var fault) => new VaultKeyReading.Faulted(fault, "The device says so."),
        "otherRoot" => await real.DescribeAsync(keyId, cancellation) is VaultKeyReading.Found found
            ? new VaultKeyReading.Found(found.Facts with { Label = new string('0', 64) })
            : throw new InvalidOperationException("The real vault has no such key."),
        "otherFirmware" => await real.DescribeAsync(keyId, cancellation) is VaultKeyReading.Found found
            ? new VaultKeyReading.Found(found.Facts with { Firmware = "SoftHSM v2 9.9" })
            : throw new InvalidOperationException("The real vault has no such key."),
        _ => await real.DescribeAsync(keyId, cancellation),
    };

    public async Task<VaultSigning> SignAsync(string keyId, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        switch (doubles.Now.Vault)
        {
            case "honest" or "otherRoot" or "otherFirmware":
                return await real.SignAsync(keyId, digest, cancellation);
            case var behaviour when Faults.TryGetValue(behaviour, out var fault):
                return new VaultSigning.Faulted(fault, "The device says so.");
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
