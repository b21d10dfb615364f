using Custody.Core.Gate;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>What the gate says before anything is built: exactly what it would say when asked to sign, and it allows nothing.</summary>
public sealed class ReadyTests
{
    [Fact]
    public async Task ReadyAsync_Approved_IsReadyAndWritesNothing()
    {
        var bench = new GateBench();
        bench.EditDocument(CaseDocuments.Unsigned(1), _ => null);

        Assert.IsType<GateReadiness.Ready>(await ReadyAsync(bench));
        Assert.Empty(bench.Signings.Of("hot-1"));
        Assert.Equal(0, bench.Hot.Asked);
    }

    [Fact]
    public async Task ReadyAsync_RequestExpired_SaysSoBeforeAnythingIsBuilt()
    {
        var bench = new GateBench();
        bench.Time.Advance(TimeSpan.FromDays(2));
        bench.ChainTime += TimeSpan.FromDays(2);

        await SameRefusalAsync(bench, RefusalCode.RequestExpired);
    }

    [Fact]
    public async Task ReadyAsync_ExpiredByTheChainAlone_SaysSo()
    {
        var bench = new GateBench();
        bench.ChainTime += TimeSpan.FromDays(2);

        await SameRefusalAsync(bench, RefusalCode.RequestExpired);
    }

    [Fact]
    public async Task ReadyAsync_Frozen_SaysSo()
    {
        var bench = new GateBench();
        bench.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Platform, "test"), bench.World.Now);

        await SameRefusalAsync(bench, RefusalCode.Frozen);
    }

    [Fact]
    public async Task ReadyAsync_WithoutAQuorum_SaysSo()
    {
        var bench = new GateBench();
        bench.EditDocument(CaseDocuments.Vote(1, "bob"), _ => null);

        await SameRefusalAsync(bench, RefusalCode.QuorumMissing);
    }

    [Fact]
    public async Task ReadyAsync_CoolingOff_SaysUntilWhen()
    {
        var slow = SampleGovernance.Document with { Rules = [.. SampleGovernance.Document.Rules.Select(r => r with { CoolingOffSeconds = 3600 })] };
        var bench = new GateBench(CustodyWorld.Default with { Governance = slow });

        var before = Assert.IsType<GateOutcome.NotYet>(await ObstacleAsync(bench));

        Assert.Equal(CustodyWorld.Start.AddMinutes(40), before.Until);
        Assert.Equal(before, await bench.SignAsync());
    }

    [Fact]
    public async Task ReadyAsync_NoChainTime_IsUnknown()
    {
        var bench = new GateBench { ChainTime = null };

        Assert.Equal(RefusalCode.NodeUnavailable, Assert.IsType<GateOutcome.Unknown>(await ObstacleAsync(bench)).Code);
        Assert.Equal(RefusalCode.NodeUnavailable, Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync()).Code);
    }

    [Fact]
    public async Task ReadyAsync_NoSuchWithdrawal_IsNotFound()
    {
        var why = Assert.IsType<GateReadiness.Obstacle>(await new GateBench().NewGate().ReadyAsync("nobody's", TestContext.Current.CancellationToken)).Why;

        Assert.Equal(new GateOutcome.Refused(RefusalCode.NotFound, "There is no such withdrawal.", MayBeSigned: false), why);
    }

    private static async Task SameRefusalAsync(GateBench bench, RefusalCode code)
    {
        var before = Assert.IsType<GateOutcome.Refused>(await ObstacleAsync(bench));

        Assert.Equal((code, false), (before.Code, before.MayBeSigned));
        Assert.Equal(before, await bench.SignAsync());
        Assert.Equal(0, bench.Hot.Asked);
    }

    private static async Task<GateOutcome> ObstacleAsync(GateBench bench) => Assert.IsType<GateReadiness.Obstacle>(await ReadyAsync(bench)).Why;

    private static Task<GateReadiness> ReadyAsync(GateBench bench) => bench.NewGate().ReadyAsync(bench.Id, TestContext.Current.CancellationToken);
}
