using System.Numerics;
using System.Security.Cryptography;
using Custody.Core.Vaults;

namespace Custody.TestHost;

/// <summary>A vault in front of the real one that behaves as the controls say.</summary>
public sealed class LyingVault(IVault real, Doubles doubles) : IVault
{
    private static readonly BigInteger CurveOrder = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

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
                using (var key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1")))
                {
                    return new VaultSigning.Signed(key.SignHash(digest.Span, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
                }

            case "garbage":
                return new VaultSigning.Signed(RandomNumberGenerator.GetBytes(64));
            case "highS":
                return await real.SignAsync(keyId, digest, cancellation) is VaultSigning.Signed signed ? new VaultSigning.Signed(HighS(signed.Signature)) : throw new InvalidOperationException("The real vault did not sign.");
            case "signsAndDies":
                await real.SignAsync(keyId, digest, cancellation);
                Environment.FailFast("The process dies between the vault's signature and its storing, as the controls say.");
                return new VaultSigning.Faulted(VaultFault.Unknown, "");
            case var unknown:
                throw new InvalidOperationException($"'{unknown}' is no behaviour of a vault.");
        }
    }

    private static byte[] HighS(byte[] signature)
    {
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        if (s <= CurveOrder / 2)
        {
            s = CurveOrder - s;
        }

        var bytes = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. signature[..32], .. new byte[32 - bytes.Length], .. bytes];
    }
}
