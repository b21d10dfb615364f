using Custody.Core.Vaults;

namespace Custody.Vaults.Pkcs11;

/// <summary>A token did not do what was asked, where the caller's contract leaves no value to say so in.</summary>
public sealed class Pkcs11FaultException(VaultFault fault, string detail) : Exception($"{fault}: {detail}")
{
    /// <summary>Which fault.</summary>
    public VaultFault Fault { get; } = fault;
}
