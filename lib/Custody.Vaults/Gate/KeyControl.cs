using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Vaults;
using Custody.Vaults.Ecdsa;

namespace Custody.Vaults.Gate;

/// <summary>
/// The gate's self-test of a vault's key, and what <c>custody vault verify</c> asks: beside a withdrawal's sighash the only thing
/// that a device is ever asked to sign, and one that cannot be a sighash. The key must be the governed one in every way that the
/// gate asks for, or it is not asked at all.
/// </summary>
public static class KeyControl
{
    /// <summary>Has the device sign a fresh challenge, and verifies it under the governed public key.</summary>
    public static async Task<KeyProof> ProveAsync(IVault device, VaultRegistration vault, string pinnedRoot, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (Proves(vault) is { IsAllowed: false } stopped)
        {
            return new KeyProof(stopped, now);
        }

        var reading = await device.DescribeAsync(vault.KeyId, cancellation).ConfigureAwait(false);
        var facts = (reading as VaultKeyReading.Found)?.Facts;
        var verdict = VaultKeyRule.Check(reading, vault, pinnedRoot);
        if (!verdict.IsAllowed)
        {
            return new KeyProof(verdict, now, facts);
        }

        var challenge = KeyChallenge.New(vault.KeyId, now);
        return await device.SignAsync(vault.KeyId, challenge, cancellation).ConfigureAwait(false) switch
        {
            VaultSigning.Signed { Signature: var raw } when Secp256k1Signature.NormalizeLowS(raw) is { } signature
                && Secp256k1Signature.Verify(vault.PublicKeyBytes(), challenge, signature) => new KeyProof(Verdict.Allowed, now, facts, challenge, signature),
            VaultSigning.Faulted { Fault: not VaultFault.SignatureInvalid } faulted => new KeyProof(
                Verdict.Refused(VaultFaultCodes.OfSigning(faulted.Fault), faulted.Detail), now, facts, challenge),
            _ => new KeyProof(
                Verdict.Refused(RefusalCode.VaultSignatureInvalid, $"What the device of the vault '{vault.Id}' signed does not verify under the governed key."), now, facts, challenge),
        };
    }

    // NIST SP 800-57 Part 1 Rev. 5, section 7.1: before its activation a key serves proofs of possession, and nothing else.
    private static Verdict Proves(VaultRegistration vault) => vault.KeyState() == VaultKeyState.PreActivation ? Verdict.Allowed : KeyStateRule.Check(vault);
}
