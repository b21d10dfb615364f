namespace Custody.Core.Vaults;

/// <summary>The answer to a signing: a raw signature, or a fault. <see cref="VaultFault.Unknown"/> means that one may exist.</summary>
public abstract record VaultSigning
{
    private VaultSigning()
    {
    }

    /// <summary>r‖s, 64 bytes, big-endian, as the device gave it.</summary>
    public sealed record Signed(byte[] Signature) : VaultSigning;

    /// <summary>No signature came back.</summary>
    public sealed record Faulted(VaultFault Fault, string Detail) : VaultSigning;
}
