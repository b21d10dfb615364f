namespace Custody.Core.Callers;

/// <summary>Who may call an HTTP function. The default value is nobody.</summary>
[Flags]
public enum CallerKind
{
    /// <summary>Nobody; a function that declares no more than this stops the start.</summary>
    None = 0,

    /// <summary>An exchange's backend.</summary>
    Exchange = 1,

    /// <summary>An approver.</summary>
    Approver = 2,

    /// <summary>An operator.</summary>
    Operator = 4,

    /// <summary>Anybody, without a token: only for health.</summary>
    PublicHealth = 8,

    /// <summary>A governor.</summary>
    Governor = 16,

    /// <summary>A source of prices.</summary>
    PriceSource = 32,
}
