using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Approvals;

/// <summary>The outcome of verifying a vote: statement and approver only when the verdict allows.</summary>
/// <param name="Verdict">Whether it counts.</param>
/// <param name="Statement">The vote, when it does.</param>
/// <param name="Approver">Who cast it, when it does.</param>
/// <param name="Assertion">The use of an authenticator, when it was cast by WebAuthn.</param>
public readonly record struct VoteReading(Verdict Verdict, ApprovalStatement? Statement, Approver? Approver, AssertionUse? Assertion = null);
