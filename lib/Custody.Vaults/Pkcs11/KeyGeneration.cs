using Custody.Core.Vaults;

namespace Custody.Vaults.Pkcs11;

/// <summary>What came of generating a key pair.</summary>
public abstract record KeyGeneration
{
    private KeyGeneration()
    {
    }

    /// <summary>It was generated, and attests.</summary>
    public sealed record Generated(VaultKeyFacts Facts) : KeyGeneration;

    /// <summary>The token holds a key with this id already; it was left alone.</summary>
    public sealed record AlreadyThere(string KeyId) : KeyGeneration;

    /// <summary>It was not generated, or not in a form that may sign, or for <see cref="VaultFault.Unknown"/> it is not known.</summary>
    public sealed record Faulted(VaultFault Fault, string Detail) : KeyGeneration;
}
