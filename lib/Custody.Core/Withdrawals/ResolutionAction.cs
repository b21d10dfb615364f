namespace Custody.Core.Withdrawals;

/// <summary>What two operators decide about a held withdrawal. The default value is no decision.</summary>
public enum ResolutionAction
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>Try the stage that held it again.</summary>
    Resume,

    /// <summary>End it: only while no signature exists, or once a conflicting transaction is final.</summary>
    Reject,

    /// <summary>A new attempt with a new intent and no votes.</summary>
    NextAttempt,
}
