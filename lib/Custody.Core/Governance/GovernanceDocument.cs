using Custody.Core.Encoding;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Screening;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>
/// Who may move what, where: everything that authorises is registered here, and nowhere else. Version N+1 names N's digest
/// and is signed by the quorum that N names (SFC 25EC44, on governance of wallet operations). Version 1 of the shape; a new
/// member makes a new version.
/// </summary>
/// <param name="Version">The document's version, from 1.</param>
/// <param name="Previous">Digest of the version before, hex; absent for version 1.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Governors">Who signs governance, and how many of them.</param>
/// <param name="Clients">The exchanges and their request keys.</param>
/// <param name="Approvers">The approvers and their devices.</param>
/// <param name="Operators">The operators and their keys.</param>
/// <param name="Vaults">The vault keys.</param>
/// <param name="Chains">The chains and when a payment on each is final.</param>
/// <param name="Assets">The assets.</param>
/// <param name="Rules">The policy: the first rule that matches gives the verdict; none denies.</param>
/// <param name="Limits">The velocity limits; one that is absent denies.</param>
/// <param name="Whitelist">What makes a whitelist entry count.</param>
/// <param name="ComparisonKey">The key that signs comparison certificates.</param>
/// <param name="Delays">How long a weakening waits; absent: <see cref="GovernanceDelays.Default"/>.</param>
/// <param name="Risk">The risk assessment of a version that weakens the one before.</param>
/// <param name="Prices">Whose prices count; absent: nothing has a value, and what needs one denies.</param>
/// <param name="Retail">What retail customers may withdraw; absent: nothing.</param>
/// <param name="Screening">What must be asked before a payment; absent, nothing is paid.</param>
/// <param name="ContradictionWindowSeconds">How long a contradicting device counts towards a freeze; absent: until it is reinstated.</param>
/// <param name="WebAuthn">Which WebAuthn credentials may vote; absent: none.</param>
/// <param name="PlatformValue">The most that leaves over all assets together; absent: each asset's limits alone.</param>
public sealed record GovernanceDocument(
    int Version,
    string? Previous,
    DateTimeOffset CreatedAt,
    GovernorSet Governors,
    IReadOnlyList<Client> Clients,
    IReadOnlyList<Approver> Approvers,
    IReadOnlyList<Operator> Operators,
    IReadOnlyList<VaultRegistration> Vaults,
    IReadOnlyList<ChainRegistration> Chains,
    IReadOnlyList<AssetRegistration> Assets,
    IReadOnlyList<PolicyRule> Rules,
    IReadOnlyList<VelocityLimit> Limits,
    WhitelistTerms Whitelist,
    RegisteredKey ComparisonKey,
    GovernanceDelays? Delays = null,
    RiskAssessment? Risk = null,
    PriceTerms? Prices = null,
    RetailTerms? Retail = null,
    ScreeningTerms? Screening = null,
    int? ContradictionWindowSeconds = null,
    WebAuthnTerms? WebAuthn = null,
    PlatformValueTerms? PlatformValue = null)
{
    /// <summary>The digest's domain.</summary>
    public const string Domain = "custody/governance/v1";

    /// <summary>Digest of the canonical bytes, hex.</summary>
    public string Digest() => DomainDigest.Hex(Domain, CanonicalJson.Serialize(this));
}
