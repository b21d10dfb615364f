namespace Custody.Core.Intents;

/// <summary>What an intent is for. The default value is no kind and is refused everywhere.</summary>
public enum IntentKind
{
    /// <summary>No kind; refused.</summary>
    Unknown = 0,

    /// <summary>A payment to a customer's whitelisted address.</summary>
    Withdrawal,

    /// <summary>A self-transfer at a taken nonce that cancels a stuck transaction.</summary>
    Cancel,

    /// <summary>A zero-value self-transfer that fills a nonce gap.</summary>
    GapFill,

    /// <summary>The parent's outputs at a higher fee.</summary>
    FeeBump,

    /// <summary>A child that pays for its parent.</summary>
    ChildFee,

    /// <summary>Joins our own outputs.</summary>
    Consolidation,

    /// <summary>Native coin for a token vault's gas.</summary>
    GasFunding,

    /// <summary>Moves deposits to a vault of our own.</summary>
    Sweep,
}
