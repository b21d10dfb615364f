using Custody.Core.Vaults;

namespace Custody.Vaults.Pkcs11;

/// <summary>What came of an operation on a token: its value, or the fault and a detail that names no secret.</summary>
public abstract record Pkcs11Answer<T>
{
    private Pkcs11Answer()
    {
    }

    /// <summary>Goes on with whichever it is.</summary>
    public abstract TResult Match<TResult>(Func<T, TResult> done, Func<VaultFault, string, TResult> faulted);

    /// <summary>The value, for callers whose contract has no place for a fault.</summary>
    /// <exception cref="Pkcs11FaultException">There is none.</exception>
    public T OrThrow() => Match(value => value, (fault, detail) => throw new Pkcs11FaultException(fault, detail));

    /// <summary>It was done.</summary>
    public sealed record Done(T Value) : Pkcs11Answer<T>
    {
        /// <inheritdoc />
        public override TResult Match<TResult>(Func<T, TResult> done, Func<VaultFault, string, TResult> faulted) => done(Value);
    }

    /// <summary>It was not, or for <see cref="VaultFault.Unknown"/> it is not known.</summary>
    public sealed record Faulted(VaultFault Fault, string Detail) : Pkcs11Answer<T>
    {
        /// <inheritdoc />
        public override TResult Match<TResult>(Func<T, TResult> done, Func<VaultFault, string, TResult> faulted) => faulted(Fault, Detail);
    }
}
