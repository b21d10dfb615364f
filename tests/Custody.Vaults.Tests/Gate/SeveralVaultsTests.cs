using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>The second vault is the sample's warm one, called hot.</summary>
public sealed class SeveralVaultsTests
{
    private static readonly CustodyWorld Several = CustodyWorld.Default with
    {
        Governance = SampleGovernance.Document with
        {
            Vaults = [SampleGovernance.Document.Vaults[0], SampleGovernance.Document.Vaults[1] with { Tier = VaultTier.Hot }],
            Rules = [SampleGovernance.Document.Rules[0] with { Vaults = ["warm-1"] }, SampleGovernance.Document.Rules[1]],
        },
    };

    [Theory]
    [InlineData("hot-1")]
    [InlineData("warm-1")]
    public async Task SignAsync_AnyOfTheRulesVaults_SignsWithTheOneOfTheIntent(string vault)
    {
        var bench = new GateBench(Several with { PayingVault = vault });

        await bench.SignedAsync();

        Assert.Equal(vault == "hot-1" ? (1, 0) : (0, 1), (bench.Hot.Asked, bench.Warm.Asked));
        Assert.Single(bench.Signings.Of(vault));
    }

    [Fact]
    public async Task SignAsync_AVaultOutsideTheRules_IntentTampered()
    {
        var bench = new GateBench(CustodyWorld.Default with { PayingVault = "warm-1" });

        await bench.RefusedUnaskedAsync(RefusalCode.IntentTampered);
    }

    [Fact]
    public async Task SignAsync_VotesOverTheOtherVaultsIntent_QuorumMissing()
    {
        var bench = new GateBench(Several with { PayingVault = "warm-1" });
        var other = new GateBench(Several);
        bench.EditDocument("intent-0001", _ => other.Case.Documents["intent-0001"]);

        Assert.IsType<GateOutcome.Refused>(await bench.SignAsync());
        Assert.Equal(0, bench.Hot.Asked + bench.Warm.Asked);
    }

    [Fact]
    public async Task SignAsync_ASecondAttemptFromTheOtherVault_LineageBroken()
    {
        var bench = new GateBench(Several);
        await bench.SignedAsync();
        var second = GateBench.Attempt2(Several) with { PayingVault = "warm-1" };
        bench.Put(second);
        bench.RecordQuorum(second);

        var refused = Assert.IsType<GateOutcome.Refused>(await bench.SignAsync());

        Assert.Equal(RefusalCode.LineageBroken, refused.Code);
        Assert.Equal(0, bench.Warm.Asked);
    }

    [Fact]
    public void IntentTerms_TheVaultLeftTheRule_IsTightened()
    {
        var intent = (Several with { PayingVault = "warm-1" }).Intent;
        var one = Several with { Governance = Several.Governance with { Rules = [Several.Governance.Rules[0] with { Vaults = null }, Several.Governance.Rules[1]] } };

        Assert.True(IntentTerms.Of(intent, Several.Governed).Verdict.IsAllowed);
        Assert.False(IntentTerms.Of(intent with { GovernanceDigest = one.Governed.Digest }, one.Governed).Verdict.IsAllowed);
    }
}
