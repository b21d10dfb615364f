using Custody.Core.Governance;

namespace Custody.Core.Approvals;

/// <summary>A statement under a registered device's key about an intent that never was.</summary>
/// <param name="Approver">Whose device signed it.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Digest">Digest of the statement's bytes, hex: the same statement posted again is no second contradiction.</param>
public sealed record Contradiction(Approver Approver, string DeviceId, ApprovalStatement Statement, string Digest)
{
    /// <summary>The digest's domain.</summary>
    public const string Domain = "custody/contradiction/v1";
}
