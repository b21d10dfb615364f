using Custody.Vaults.ManagedHsm;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>A key that a ceremony made in a token or in a Managed HSM before. A vault key's label there must be this plan's trust root.</summary>
/// <param name="KeyId">The key's id on the token (CKA_ID); of a vault's key in a Managed HSM its identifier with the version.</param>
/// <param name="PublicKey">base64url of the uncompressed point, 65 bytes.</param>
/// <param name="TokenLabel">The token; absent with a Managed HSM.</param>
/// <param name="PinFile">The file with its user PIN, an absolute path; absent with a Managed HSM.</param>
/// <param name="ManagedHsmKey">The comparison key's identifier with the version in a Managed HSM; absent with a token, and of a vault's key, whose id it is.</param>
public sealed record TokenKeyPlan(string KeyId, string PublicKey, string? TokenLabel = null, string? PinFile = null, string? ManagedHsmKey = null)
{
    /// <summary>The Managed HSM that holds it; null: a token does.</summary>
    public Uri? ManagedHsm() => ManagedHsmOptions.HsmOf(ManagedHsmKey ?? KeyId);
}
