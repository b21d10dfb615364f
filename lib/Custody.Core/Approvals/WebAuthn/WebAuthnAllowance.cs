using Custody.Core.Policy;
using Custody.Core.Results;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>Rule: a vote by WebAuthn, whose device verified nothing of what it signed, counts only where the policy's rule says so.</summary>
public static class WebAuthnAllowance
{
    /// <summary>Checks a vote that verified.</summary>
    public static Verdict Check(VoteReading vote, Quorum quorum) => vote.Assertion is null || quorum.WebAuthn == true
        ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.WebAuthnNotAllowed, "The rule does not accept votes by WebAuthn.");
}
