namespace Custody.Scenarios.Crashes;

/// <summary>What becomes of the k-th side effect of a payment.</summary>
public enum Fault
{
    /// <summary>Nothing: it happens and is answered.</summary>
    None = 0,

    /// <summary>It never happens, however often the same request is tried, and the caller is told so.</summary>
    Refused,

    /// <summary>It happens, and the answer is lost; a second try of the same request is answered.</summary>
    AnswerLost,

    /// <summary>It happens, and no try of the same request is ever answered.</summary>
    Silent,

    /// <summary>The app is killed before it happens.</summary>
    DiesBefore,

    /// <summary>The app is killed right after it happened.</summary>
    DiesAfter,
}
