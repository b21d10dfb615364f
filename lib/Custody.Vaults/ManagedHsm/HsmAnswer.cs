using Custody.Core.Vaults;

namespace Custody.Vaults.ManagedHsm;

/// <summary>A value, or the fault and a detail that names no secret. The default value is neither: an unknown fault.</summary>
internal readonly record struct HsmAnswer<T>(T? Value, VaultFault Fault, string Detail)
    where T : class
{
    public static HsmAnswer<T> Done(T value) => new(value, VaultFault.Unknown, "");

    public static HsmAnswer<T> Faulted(VaultFault fault, string detail) => new(null, fault, detail);
}
