using Custody.Core.Vaults;

namespace Custody.Vaults.ManagedHsm;

/// <summary>A Managed HSM did not do what was asked, where the caller's contract leaves no value to say so in.</summary>
public sealed class ManagedHsmFaultException(VaultFault fault, string detail) : Exception($"{fault}: {detail}")
{
    /// <summary>Which fault.</summary>
    public VaultFault Fault { get; } = fault;
}
