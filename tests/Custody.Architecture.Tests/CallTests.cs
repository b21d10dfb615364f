using Custody.Chains.Evm;
using Custody.Core.Admission;
using Custody.Core.Approvals;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Xunit;

namespace Custody.Architecture.Tests;

public sealed class CallTests
{
    // Where the system's clock may be taken: where programs are put together, and what only paces or defaults.
    private static readonly Dictionary<string, string> ClockUsers = new(StringComparer.Ordinal)
    {
        ["CustodyApp"] = "the app's composition root",
        ["CliEnvironment"] = "the CLI's composition root",
        ["CustodyStorageOptions"] = "an option's default; both composition roots set it",
        ["FileHeadWitness"] = "a pause before the file's lock is tried again, which decides nothing",
        ["OptimisticLoop"] = "a pause between two tries, which decides nothing",
    };

    [Fact]
    public void Vault_IsAskedToSignOnlyByTheGate()
    {
        var callers = House.All.SelectMany(Code.CallsIn)
            .Where(c => c.Callee.Name == nameof(IVault.SignAsync) && typeof(IVault).IsAssignableFrom(c.Callee.DeclaringType))
            .Select(c => House.Outermost(c.Caller.DeclaringType!).FullName!).Distinct();

        // Beside withdrawals, challenges alone: KeyControl makes what it has signed itself, of a domain of its own.
        Assert.Equal(["Custody.Vaults.Gate.KeyControl", "Custody.Vaults.Gate.SigningGate"], callers.Order(StringComparer.Ordinal));
    }

    // What sends is the sender, and beside it only what asks several providers as if they were one.
    [Fact]
    public void Node_IsHandedBytesOnlyByTheSender()
    {
        var callers = House.All.SelectMany(Code.CallsIn)
            .Where(c => c.Callee.Name == nameof(IEvmNode.SendAsync) && typeof(IEvmNode).IsAssignableFrom(c.Callee.DeclaringType))
            .Select(c => House.Outermost(c.Caller.DeclaringType!).FullName!).Distinct();

        Assert.Equal(["Custody.Chains.Evm.QuorumNode", "Custody.Functions.Sending.Sender"], callers.Order(StringComparer.Ordinal));
    }

    // The comparison key is the only document key of the app, and a challenge at the start the only other thing that it signs.
    [Fact]
    public void ComparisonKey_IsTakenOnlyByTheSenderAndItsStartCheck()
    {
        var takers = House.Functions.GetTypes()
            .Where(t => t.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(IDocumentSigner))))
            .Select(t => t.FullName!);

        Assert.Equal(["Custody.Functions.Composition.ComparisonKeyCheck", "Custody.Functions.Sending.Sender"], takers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Vaults_AreTakenInTheAppOnlyByTheSignersStartCheck()
    {
        var takers = House.Functions.GetTypes()
            .Where(t => t.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(IReadOnlyDictionary<string, IVault>) || p.ParameterType == typeof(IVault) || p.ParameterType == typeof(DuressOpenings))))
            .Select(t => t.FullName!);

        Assert.Equal(["Custody.Functions.Composition.VaultCheck"], takers);
    }

    [Fact]
    public void Admission_IsAskedWithoutScreeningOnlyByWhatAnApproverReads()
    {
        var callers = House.All.SelectMany(Code.CallsIn)
            .Where(c => c.Callee.Name == nameof(AdmissionRule.EvaluateUnscreened) && c.Callee.DeclaringType == typeof(AdmissionRule))
            .Select(c => House.Outermost(c.Caller.DeclaringType!).FullName!).Distinct();

        Assert.Equal(["Custody.Core.Reading.BundleVerifier"], callers);
    }

    [Fact]
    public void SystemClock_IsTakenOnlyInCompositionRoots()
    {
        var users = House.All.SelectMany(Code.CallsIn)
            .Where(c => c.Callee.DeclaringType == typeof(TimeProvider) && c.Callee.Name == "get_System")
            .Select(c => House.Outermost(c.Caller.DeclaringType!).Name).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(ClockUsers.Keys.Order(StringComparer.Ordinal), users);
    }

    [Fact]
    public void WallClock_IsReadNowhere()
    {
        var reads = House.All.SelectMany(Code.CallsIn)
            .Where(c => c.Callee.Name is "get_Now" or "get_UtcNow" or "get_Today")
            .Where(c => c.Callee.DeclaringType == typeof(DateTime) || c.Callee.DeclaringType == typeof(DateTimeOffset))
            .Select(c => House.Outermost(c.Caller.DeclaringType!).FullName!).Distinct();

        Assert.Empty(reads);
    }
}
