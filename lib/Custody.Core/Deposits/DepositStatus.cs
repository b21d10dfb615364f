namespace Custody.Core.Deposits;

/// <summary>How certain a deposit is.</summary>
public enum DepositStatus
{
    /// <summary>No status.</summary>
    Unknown = 0,

    /// <summary>Its block is in the chain, and not yet deep enough.</summary>
    Seen,

    /// <summary>Its block is at the governed depth, and it is posted. An end, unless the chain reorganises beyond that depth.</summary>
    Final,

    /// <summary>Its block left the chain. Where it comes back in another block that is another deposit.</summary>
    Orphaned,
}
