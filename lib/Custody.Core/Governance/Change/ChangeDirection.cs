namespace Custody.Core.Governance.Change;

/// <summary>Which way a change of governance goes. The default is the slow one: what nobody classified weakens.</summary>
public enum ChangeDirection
{
    /// <summary>It may let something through that was stopped before; it waits for the governed delay.</summary>
    Weakens = 0,

    /// <summary>It can only stop more than before; it takes effect at once.</summary>
    Tightens,
}
