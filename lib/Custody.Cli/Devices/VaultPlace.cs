namespace Custody.Cli.Devices;

/// <summary>Where a vault's key is: in a PKCS#11 token, or in a Managed HSM.</summary>
/// <param name="Module">The module's absolute path; null with a Managed HSM.</param>
/// <param name="TokenLabel">The token's label.</param>
/// <param name="TokenSerial">The token's serial number; with a label, both must match.</param>
/// <param name="PinFile">The file that holds the user PIN.</param>
/// <param name="ManagedHsm">The Managed HSM; null: it is a token.</param>
/// <param name="Pin">The user PIN, where the settings hold it in place of a file.</param>
internal sealed record VaultPlace(
    string? Module = null, string? TokenLabel = null, string? TokenSerial = null, string? PinFile = null, Uri? ManagedHsm = null, string? Pin = null)
{
    /// <summary>The PIN is a secret, so it is not shown.</summary>
    public override string ToString() => ManagedHsm is { } hsm ? $"{hsm}" : $"{Module} {TokenLabel} {TokenSerial}";
}
