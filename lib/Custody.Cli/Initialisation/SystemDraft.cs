using Custody.Cli.Initialisation.Keys;
using Custody.Core.Approvals;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;

namespace Custody.Cli.Initialisation;

/// <summary>Every document of a system, signed, before any of it is stored.</summary>
/// <param name="TrustRoot">The root that everything is verified from, hex.</param>
/// <param name="Governance">The governance document, version 1.</param>
/// <param name="SignedGovernance">The same with the governors' signatures.</param>
/// <param name="Customers">The customer records with the clients' signatures.</param>
/// <param name="Entries">The whitelist entries with the clients' and approvers' signatures.</param>
/// <param name="Lists">The sanctions lists with an operator's signature.</param>
/// <param name="Keys">The document keys by the id of their governor, client, device or operator.</param>
/// <param name="Openings">What opens the devices' duress commitments.</param>
internal sealed record SystemDraft(
    string TrustRoot,
    GovernanceDocument Governance,
    SignedDocument SignedGovernance,
    IReadOnlyList<(CustomerRecord Record, SignedDocument Signed)> Customers,
    IReadOnlyList<(WhitelistEntry Entry, SignedDocument Signed)> Entries,
    IReadOnlyList<(SanctionsList List, SignedDocument Signed)> Lists,
    IReadOnlyDictionary<string, HeldKey> Keys,
    IReadOnlyList<DuressOpening> Openings);
