namespace Custody.Scenarios.Crashes;

/// <summary>How an undisturbed withdrawal ends.</summary>
public enum Way
{
    /// <summary>Both approve, and it is paid.</summary>
    Paid = 0,

    /// <summary>One approves and one rejects.</summary>
    Rejected,
}
