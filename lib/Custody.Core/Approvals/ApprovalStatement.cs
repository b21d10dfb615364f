using Custody.Core.Encoding;

namespace Custody.Core.Approvals;

/// <summary>An approver's vote, signed by a device's key (typ <c>custody-approval+jws</c>, or a <see cref="WebAuthn.WebAuthnVote"/>).</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="IntentDigest">The intent that was read, hex.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Decision">The decision.</param>
/// <param name="ApproverId">Who decided.</param>
/// <param name="DeviceId">With which device.</param>
/// <param name="PolicyVersion">The governance version that the device verified.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on the vote no longer counts.</param>
/// <param name="Reason">Why, for a rejection.</param>
public sealed record ApprovalStatement(
    int Version,
    string WithdrawalId,
    string IntentDigest,
    int Attempt,
    ApprovalDecision Decision,
    string ApproverId,
    string DeviceId,
    int PolicyVersion,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt,
    string? Reason = null)
{
    /// <summary>The digest's domain.</summary>
    public const string Domain = "custody/approval/v1";

    /// <summary>The digest of a statement's canonical bytes: what a WebAuthn credential is asked to sign.</summary>
    public static byte[] DigestOf(ReadOnlySpan<byte> canonical) => DomainDigest.Compute(Domain, canonical);
}
