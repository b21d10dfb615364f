namespace Custody.Core.Policy;

/// <summary>Whose a destination is. The default value is nobody's and matches no rule that names a kind.</summary>
public enum DestinationKind
{
    /// <summary>Not known; a rule that asks for the kind denies.</summary>
    Unknown = 0,

    /// <summary>A vault of our own, derived from a governed key. No withdrawal pays one, so no rule may ask for it.</summary>
    OwnVault,

    /// <summary>Anybody else's, which a whitelist entry names.</summary>
    WhitelistedExternal,
}
