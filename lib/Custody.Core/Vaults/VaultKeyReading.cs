namespace Custody.Core.Vaults;

/// <summary>The answer to describing a key: its facts, or why there are none.</summary>
public abstract record VaultKeyReading
{
    private VaultKeyReading()
    {
    }

    /// <summary>The key was found.</summary>
    public sealed record Found(VaultKeyFacts Facts) : VaultKeyReading;

    /// <summary>It could not be read.</summary>
    public sealed record Faulted(VaultFault Fault, string Detail) : VaultKeyReading;
}
