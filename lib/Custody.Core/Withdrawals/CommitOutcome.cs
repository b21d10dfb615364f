namespace Custody.Core.Withdrawals;

/// <summary>What a conditional write came to. The default value is: not written.</summary>
public enum CommitOutcome
{
    /// <summary>Somebody else wrote first; read again and decide again.</summary>
    Conflict = 0,

    /// <summary>Written whole.</summary>
    Committed,
}
