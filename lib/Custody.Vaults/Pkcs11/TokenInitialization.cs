using Custody.Core.Vaults;

namespace Custody.Vaults.Pkcs11;

/// <summary>What came of initialising a token.</summary>
public abstract record TokenInitialization
{
    private TokenInitialization()
    {
    }

    /// <summary>There is a new token with its user PIN set.</summary>
    public sealed record Initialized(Pkcs11TokenFacts Token) : TokenInitialization;

    /// <summary>A token with this label exists; nothing was touched.</summary>
    public sealed record AlreadyThere(string Label) : TokenInitialization;

    /// <summary>No slot holds a token that is not yet initialised; nothing was touched.</summary>
    public sealed record NoFreeSlot : TokenInitialization;

    /// <summary>The module refused; the token may be half made.</summary>
    public sealed record Faulted(VaultFault Fault, string Detail) : TokenInitialization;
}
