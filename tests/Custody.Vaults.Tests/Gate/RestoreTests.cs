using Custody.Core.Gate;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>What the gate signs after a restore: the sample request was issued an hour before the world's now, and its transaction has nonce 7.</summary>
public sealed class RestoreTests
{
    private static readonly DateTimeOffset Now = CustodyWorld.Start;

    [Fact]
    public async Task SignAsync_AskedForBeforeTheRestore_IsNeverSigned()
    {
        var bench = new GateBench();
        Restore(bench, Now.AddMinutes(-10));

        var refused = Assert.IsType<GateOutcome.Refused>(await bench.SignAsync());

        Assert.Equal((RefusalCode.Restored, true), (refused.Code, refused.MayBeSigned));
        Assert.Equal(0, bench.Hot.Asked);
        Assert.Empty(bench.Signings.Of("hot-1"));
        Assert.Equal(refused, Assert.IsType<GateReadiness.Obstacle>(await bench.NewGate().ReadyAsync(bench.Id, TestContext.Current.CancellationToken)).Why);
    }

    [Fact]
    public async Task SignAsync_AskedForAfterwards_IsSignedAboveWhatMayBeForgotten()
    {
        var bench = new GateBench(nonce: 7);
        Restore(bench, Now.AddHours(-2), unknownBelow: 7);

        await bench.SignedAsync();

        Assert.Single(bench.Signings.Of("hot-1"));
    }

    [Fact]
    public async Task SignAsync_AtANonceThatMayBeForgotten_IsRefused()
    {
        var bench = new GateBench(nonce: 7);
        Restore(bench, Now.AddHours(-2), unknownBelow: 8);

        Assert.Equal(RefusalCode.Restored, Assert.IsType<GateOutcome.Refused>(await bench.SignAsync()).Code);
        Assert.Equal(0, bench.Hot.Asked);
    }

    // What is lost of it spends the nonce that the restored line has, and so does the same transaction again.
    [Fact]
    public async Task SignAsync_TheRestoredJournalHasItsLine_IsSignedAgainAtItsNonce()
    {
        var bench = new GateBench(nonce: 7);
        var first = await bench.SignedAsync();
        Restore(bench, Now.AddMinutes(-10), unknownBelow: 20);

        Assert.Equal(first, await bench.SignedAsync());
    }

    [Fact]
    public async Task SignAsync_BeforeTheThaw_IsRefusedAsFrozen()
    {
        var bench = new GateBench();
        bench.Stops.Add(Restores.Fact(Restores.Statement(Now.AddHours(-2))), Now.AddHours(-2));

        Assert.Equal(RefusalCode.Frozen, Assert.IsType<GateOutcome.Refused>(await bench.SignAsync()).Code);
    }

    // Whoever edits the request's time has edited what the client signed.
    [Fact]
    public async Task SignAsync_ALaterTimeIsWrittenIntoTheRequest_IsTampering()
    {
        var bench = new GateBench();
        Restore(bench, Now.AddMinutes(-10));
        bench.EditDocument(CaseDocuments.Request, d => d with { Content = Core.Encoding.CanonicalJson.Serialize(bench.World.Request with { IssuedAt = Now }) });

        Assert.IsType<GateOutcome.Refused>(await bench.SignAsync());
        Assert.Equal(0, bench.Hot.Asked);
    }

    private static void Restore(GateBench bench, DateTimeOffset at, ulong unknownBelow = 0)
    {
        bench.Stops.Add(Restores.Fact(Restores.Statement(at, unknownBelow)), at);
        bench.Stops.Add(Restores.Thawed, at.AddMinutes(1));
    }
}
