namespace Custody.Core.Governance.Change;

/// <summary>What happened to a member of the governance document.</summary>
public enum ChangeKind
{
    /// <summary>Nothing; never in a diff.</summary>
    Unknown = 0,

    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It is no longer there.</summary>
    Removed,

    /// <summary>It has another value.</summary>
    Changed,

    /// <summary>It stands at another place of an order that means something.</summary>
    Moved,
}
