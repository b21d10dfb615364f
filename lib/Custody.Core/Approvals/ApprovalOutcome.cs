namespace Custody.Core.Approvals;

/// <summary>Where the votes stand. The default value is: not enough.</summary>
public enum ApprovalOutcome
{
    /// <summary>The quorum is not reached.</summary>
    Waiting = 0,

    /// <summary>The quorum is reached and nobody rejected.</summary>
    Approved,

    /// <summary>Somebody rejected.</summary>
    Rejected,
}
