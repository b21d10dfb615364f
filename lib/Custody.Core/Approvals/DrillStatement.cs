using Custody.Core.Encoding;

namespace Custody.Core.Approvals;

/// <summary>An operator's drill (typ <c>custody-drill+jws</c>): a withdrawal shown again under another id, with an intent that does not match it.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal that it looks like.</param>
/// <param name="Mismatch">What is planted.</param>
/// <param name="OperatorId">Who.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on nobody can answer it.</param>
public sealed record DrillStatement(
    int Version, string WithdrawalId, DrillMismatch Mismatch, string OperatorId, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>The domain of a drill's id; a withdrawal's own id has another, so the two never meet.</summary>
    public const string Domain = "custody/drill/v1";

    /// <summary>The drill's id: in the form of a withdrawal's, since who answers must not tell it from one. The same statement is the same drill.</summary>
    public string DrillId() => "w" + DomainDigest.Hex(Domain, CanonicalJson.Serialize(this))[..32];
}
