using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Core.Reading;

/// <summary>
/// Everything that an approver's device verifies before it signs, as <c>GET /withdrawals/{id}/bundle</c> answers it. Nothing
/// here is believed, and what is missing is refused.
/// </summary>
/// <param name="Id">The withdrawal.</param>
/// <param name="Status">Where the server says it is; under no signature.</param>
/// <param name="Attempt">The attempt that waits for votes.</param>
/// <param name="Request">base64url of the request's exact bytes.</param>
/// <param name="RequestSignature">The exchange's detached JWS over them.</param>
/// <param name="Intent">base64url of the intent's canonical bytes; absent before the withdrawal awaits approval.</param>
/// <param name="IntentDigest">Its digest, hex.</param>
/// <param name="WhitelistEntry">The signed entry that names the destination.</param>
/// <param name="WhitelistActivatedAt">When the server says that the entry became active; under no signature.</param>
/// <param name="Customer">The signed customer record.</param>
/// <param name="Governance">Every governance version up to the one in force, oldest first.</param>
/// <param name="Votes">The votes for this attempt so far, compact JWSs.</param>
/// <param name="ParentIntent">base64url of the previous attempt's intent; absent for the first attempt.</param>
/// <param name="Prices">The newest signed prices of the asset; absent: none.</param>
/// <param name="PaidBefore">Whether the server says that something was signed for the whitelist entry before the intent was made; under no signature.</param>
/// <param name="ApprovalDeadline">When the server says that approvals must be complete; under no signature.</param>
/// <param name="Amendment">The fee bump or the cancel that waits for votes; absent: none, and votes are about the payment itself.</param>
public sealed record ApprovalBundle(
    string Id,
    WithdrawalStatus Status,
    int Attempt,
    string? Request,
    string? RequestSignature,
    string? Intent,
    string? IntentDigest,
    SignedDocument? WhitelistEntry,
    DateTimeOffset? WhitelistActivatedAt,
    SignedDocument? Customer,
    IReadOnlyList<SignedDocument>? Governance,
    IReadOnlyList<string> Votes,
    string? ParentIntent = null,
    IReadOnlyList<SignedDocument>? Prices = null,
    bool? PaidBefore = null,
    DateTimeOffset? ApprovalDeadline = null,
    AmendmentBundle? Amendment = null);

/// <summary>What was ordered about a signed payment, and waits for votes of its own.</summary>
/// <param name="Number">Counts from 1 within the attempt.</param>
/// <param name="Intent">base64url of its intent's canonical bytes.</param>
/// <param name="IntentDigest">Its digest, hex.</param>
/// <param name="Order">What it follows from: an operator's proposal, or the client's cancellation; a compact JWS.</param>
/// <param name="Votes">The votes for it so far, compact JWSs.</param>
public sealed record AmendmentBundle(int Number, string Intent, string IntentDigest, string Order, IReadOnlyList<string> Votes);
