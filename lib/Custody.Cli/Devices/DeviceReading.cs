using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Vaults;
using Custody.Vaults.Gate;
using Custody.Vaults.ManagedHsm;
using Custody.Vaults.Pkcs11;

namespace Custody.Cli.Devices;

/// <summary>What a vault's device says, and whether the gate would let its key sign.</summary>
/// <param name="Verdict">The gate's rule over what it says.</param>
/// <param name="Facts">What it says of the key; null where it says nothing.</param>
/// <param name="Token">What the token says of itself; null where there is none, or it says nothing.</param>
/// <param name="Attestation">A Managed HSM's evidence that it holds the key; null where there is none, or nobody asked.</param>
internal sealed record DeviceReading(Verdict Verdict, VaultKeyFacts? Facts, Pkcs11TokenFacts? Token, ManagedHsmAttestation? Attestation = null)
{
    /// <summary>Asks the device. It signs nothing. <paramref name="whole"/>: with the evidence that takes a call of its own.</summary>
    public static async Task<DeviceReading> OfAsync(
        VaultRegistration vault, VaultPlace place, string trustRoot, CliEnvironment environment, CancellationToken cancellation, bool whole = false)
    {
        await using var device = OpenedDevice.Open(place, environment);
        var reading = await device.Vault.DescribeAsync(vault.KeyId, cancellation);
        var verdict = Verdict.All(() => KeyStateRule.Check(vault), () => VaultKeyRule.Check(reading, vault, trustRoot));
        var attestation = whole ? await device.AttestationAsync(vault.KeyId, cancellation) : null;
        return new DeviceReading(verdict, (reading as VaultKeyReading.Found)?.Facts, await device.TokenAsync(cancellation), attestation);
    }
}
