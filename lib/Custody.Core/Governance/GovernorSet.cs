using Custody.Core.Encoding;

namespace Custody.Core.Governance;

/// <summary>The governors and how many of them must sign.</summary>
/// <param name="Members">Each a person with one key.</param>
/// <param name="Quorum">Distinct signatures needed; at least 1.</param>
public sealed record GovernorSet(IReadOnlyList<Governor> Members, int Quorum)
{
    /// <summary>The digest's domain.</summary>
    public const string Domain = "custody/trust-root/v1";

    /// <summary>
    /// The trust root, hex: pinned in the settings, on every approver's device, and in the label of every vault key. Whoever
    /// changes the governors of version 1 or their quorum gets another root, and so no signature from any vault.
    /// </summary>
    public string TrustRoot() => DomainDigest.Hex(Domain, CanonicalJson.Serialize(this));
}
