using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Screening;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>
/// Everything that <c>custody init</c> needs to know (docs/init.md): who, with which keys, may move what, where it is stored
/// and on which chain it is paid. Amounts are base units as strings. No secret is in it but storage connection strings.
/// </summary>
/// <param name="Version">Always 1.</param>
/// <param name="Api">What the API calls itself and where it is.</param>
/// <param name="Storage">The two storage accounts.</param>
/// <param name="Pkcs11">The module in whose tokens keys are generated.</param>
/// <param name="Governors">Who signs governance.</param>
/// <param name="Clients">The exchanges.</param>
/// <param name="Customers">Their customers.</param>
/// <param name="Approvers">Who approves.</param>
/// <param name="Operators">Who freezes, thaws and resolves.</param>
/// <param name="Vaults">The vaults.</param>
/// <param name="Chains">The chains that they pay on.</param>
/// <param name="Assets">The assets.</param>
/// <param name="Rules">The policy, the first rule that matches.</param>
/// <param name="Limits">The velocity limits; one that is absent denies.</param>
/// <param name="Whitelist">What makes a whitelist entry count.</param>
/// <param name="WhitelistEntries">The first entries, active from the start.</param>
/// <param name="ComparisonKey">The key that signs comparison certificates; absent: generated in a token.</param>
/// <param name="Delays">How long a weakening of governance waits; absent: seven days.</param>
/// <param name="Prices">Whose prices count; absent: nothing has a value.</param>
/// <param name="Retail">What retail customers may withdraw; absent: nothing.</param>
/// <param name="Screening">What must be asked before a payment; absent, nothing is paid.</param>
/// <param name="SanctionsLists">Lists to begin with, for a demonstration; else <c>custody sanctions import</c>.</param>
/// <param name="WebAuthn">Which WebAuthn credentials may vote; absent: none.</param>
/// <param name="PlatformValue">The most that leaves over all assets together; absent: each asset's limits alone.</param>
public sealed record InitialisationPlan(
    int Version,
    ApiPlan Api,
    StoragePlan Storage,
    Pkcs11Plan Pkcs11,
    GovernorsPlan Governors,
    IReadOnlyList<ClientPlan> Clients,
    IReadOnlyList<CustomerPlan> Customers,
    IReadOnlyList<ApproverPlan> Approvers,
    IReadOnlyList<OperatorPlan> Operators,
    IReadOnlyList<VaultPlan> Vaults,
    IReadOnlyList<ChainPlan> Chains,
    IReadOnlyList<AssetRegistration> Assets,
    IReadOnlyList<PolicyRule> Rules,
    IReadOnlyList<VelocityLimit> Limits,
    WhitelistTerms Whitelist,
    IReadOnlyList<WhitelistEntryPlan> WhitelistEntries,
    TokenKeyPlan? ComparisonKey = null,
    GovernanceDelays? Delays = null,
    PricesPlan? Prices = null,
    RetailTerms? Retail = null,
    ScreeningTerms? Screening = null,
    IReadOnlyList<SanctionsListPlan>? SanctionsLists = null,
    WebAuthnTerms? WebAuthn = null,
    PlatformValueTerms? PlatformValue = null);
