using System.Reflection;

namespace Custody.Architecture.Tests;

/// <summary>The assemblies of the house.</summary>
internal static class House
{
    public static Assembly Core { get; } = typeof(Core.Intents.WithdrawalIntent).Assembly;

    public static Assembly Chains { get; } = typeof(Chains.Evm.EvmTransfer).Assembly;

    public static Assembly Comparison { get; } = typeof(Comparison.TransactionComparison).Assembly;

    public static Assembly Vaults { get; } = typeof(Vaults.Gate.SigningGate).Assembly;

    public static Assembly Storage { get; } = typeof(Storage.CustodyStorage).Assembly;

    public static Assembly Functions { get; } = typeof(Functions.Composition.CustodyApp).Assembly;

    public static Assembly Cli { get; } = Assembly.Load("custody");

    public static IReadOnlyList<Assembly> Libraries { get; } = [Core, Chains, Comparison, Vaults, Storage];

    public static IReadOnlyList<Assembly> All { get; } = [.. Libraries, Functions, Cli];

    /// <summary>The other assemblies of the house that an assembly refers to.</summary>
    public static IReadOnlyList<string> OursThatItUses(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Custody.", StringComparison.Ordinal) || n == "custody").Order(StringComparer.Ordinal)];

    /// <summary>The type that a person wrote: compilers nest state machines and closures in it.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
