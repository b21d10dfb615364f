namespace Custody.Core.Approvals;

/// <summary>What an approver decided. The default value is no decision and does not count.</summary>
public enum ApprovalDecision
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>The intent may be paid.</summary>
    Approve,

    /// <summary>It may not; one rejection ends the withdrawal.</summary>
    Reject,
}
