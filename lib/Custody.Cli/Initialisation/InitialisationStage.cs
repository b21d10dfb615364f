namespace Custody.Cli.Initialisation;

/// <summary>The stages of setting a system up, in their order: what can fail without a trace comes first, the journals come last.</summary>
public enum InitialisationStage
{
    /// <summary>The plan is read and rehearsed.</summary>
    Plan = 0,

    /// <summary>The home is empty.</summary>
    Home,

    /// <summary>Both storage accounts answer and are empty.</summary>
    Storage,

    /// <summary>The nodes say their genesis hashes.</summary>
    Chains,

    /// <summary>The PKCS#11 module loads, and no token has a label that is needed.</summary>
    Module,

    /// <summary>Tokens, keys and signed documents are made.</summary>
    Keys,

    /// <summary>Profiles and settings are written.</summary>
    Profiles,

    /// <summary>The signed facts are stored.</summary>
    Facts,

    /// <summary>The journals are begun.</summary>
    Journals,
}
