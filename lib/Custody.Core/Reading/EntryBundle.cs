using Custody.Core.Signatures;
using Custody.Core.Whitelisting;

namespace Custody.Core.Reading;

/// <summary>
/// Everything that an approver's device verifies before it signs a whitelist entry, as <c>GET /whitelist/{id}/bundle</c> answers
/// it. Nothing here is believed, and what is missing is refused.
/// </summary>
/// <param name="Id">The entry.</param>
/// <param name="Status">Where the server says it is; under no signature.</param>
/// <param name="Entry">The entry with its client's signature and the approvers' so far.</param>
/// <param name="LookAlikes">The addresses that the server says it could be taken for; under no signature, and the gate finds them again.</param>
/// <param name="Governance">The signed governance document in force.</param>
/// <param name="SuspensionSequence">The stop journal's line that suspended it; absent when it is not suspended.</param>
public sealed record EntryBundle(
    string Id,
    WhitelistStatus Status,
    SignedDocument? Entry,
    IReadOnlyList<LookAlike> LookAlikes,
    SignedDocument? Governance,
    long? SuspensionSequence = null);
