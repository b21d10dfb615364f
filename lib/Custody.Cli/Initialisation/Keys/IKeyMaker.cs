using Custody.Cli.Initialisation.Plan;

namespace Custody.Cli.Initialisation.Keys;

/// <summary>Makes or finds the keys that a plan names.</summary>
internal interface IKeyMaker
{
    /// <summary>A key in a file: a governor's, a client's, an operator's.</summary>
    HeldKey FileKey(string keyId, KeyPlan? existing);

    /// <summary>An approver's device, a token of its own.</summary>
    Task<HeldKey> DeviceKeyAsync(string keyId, string tokenLabel, KeyPlan? existing, CancellationToken cancellation);

    /// <summary>The key that signs comparison certificates, in the sender's token.</summary>
    Task<HeldKey> ComparisonKeyAsync(string keyId, string tokenLabel, TokenKeyPlan? existing, CancellationToken cancellation);

    /// <summary>A vault's public key, an uncompressed point, and what its device runs. Its label in the token is the trust root.</summary>
    Task<VaultKey> VaultKeyAsync(string keyId, string tokenLabel, string trustRoot, TokenKeyPlan? existing, CancellationToken cancellation);
}
