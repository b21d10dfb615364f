using Custody.Core.Customers;
using Custody.Core.Gate;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

public sealed class SignOnceTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;

    [Fact]
    public async Task SignAsync_Again_ReturnsTheSameTransactionWithoutAskingTheVault()
    {
        var bench = new GateBench();
        var first = await bench.SignedAsync();

        var second = await bench.SignedAsync();

        Assert.Equal(first, second);
        Assert.Equal(1, bench.Hot.Asked);
        Assert.Single(bench.Signings.Of("hot-1"));
    }

    [Fact]
    public async Task SignAsync_AgainWhenTheDeviceIsGone_ReturnsTheSameTransaction()
    {
        var bench = new GateBench();
        var first = await bench.SignedAsync();
        bench.Devices.Clear();

        Assert.Equal(first, await bench.SignedAsync());
    }

    [Fact]
    public async Task SignAsync_TenTimesAtOnce_OneTransactionLeaves()
    {
        var bench = new GateBench();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => bench.SignAsync())));

        var transactions = outcomes.Select(o => Assert.IsType<GateOutcome.Signed>(o).TransactionId).Distinct();
        Assert.Equal(Assert.Single(bench.Signed.Stored.Values).TransactionId, Assert.Single(transactions));
        Assert.Single(bench.Hot.Digests.Distinct());
        Assert.Single(bench.Signings.Of("hot-1"));
    }

    // What the attempt held was given to another; the stop journal alone would be too late for a signature that is under way.
    [Fact]
    public async Task SignAsync_TheAttemptIsClosedInTheJournal_IsStopped()
    {
        var bench = new GateBench();
        bench.Signings.Add("hot-1", SigningFact.Close(bench.Id, 1), bench.Time.GetUtcNow());

        await bench.RefusedUnaskedAsync(RefusalCode.Stopped);
    }

    [Fact]
    public async Task SignAsync_OnlyAnEarlierAttemptIsClosed_Signs()
    {
        var bench = new GateBench();
        bench.Signings.Add("hot-1", SigningFact.Close(bench.Id, 1), bench.Time.GetUtcNow());
        NextAttempt(bench, GateBench.Transfer(World.Intent, 7));

        await bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_OtherWithdrawalAtTheSameNonce_SlotTaken()
    {
        var bench = new GateBench();
        await bench.SignedAsync();
        var other = bench.PutOther("request-2", nonce: 7);

        var refused = await bench.RefusedUnaskedAsync(RefusalCode.SlotTaken, other.WithdrawalId);

        Assert.False(refused.MayBeSigned);
    }

    [Fact]
    public async Task SignAsync_SameAttemptOtherBytesAtTheSameNonce_SlotTaken()
    {
        var bench = new GateBench();
        await bench.SignedAsync();
        bench.Put(World, transfer: GateBench.Transfer(World.Intent, 7, maxFee: 3_000_000_000));

        await RefusedAfterSignature(bench, RefusalCode.SlotTaken);
    }

    [Fact]
    public async Task SignAsync_SameAttemptOtherNonce_LineageBroken()
    {
        var bench = new GateBench();
        await bench.SignedAsync();
        bench.Put(World, nonce: 8);

        await RefusedAfterSignature(bench, RefusalCode.LineageBroken);
    }

    [Fact]
    public async Task SignAsync_NextAttemptSameNonce_SignsAndOnlyOneCanConfirm()
    {
        var bench = new GateBench();
        var first = await bench.SignedAsync();
        NextAttempt(bench, GateBench.Transfer(World.Intent, 7, maxFee: 3_000_000_000));

        var second = await bench.SignedAsync();

        Assert.NotEqual(first.TransactionId, second.TransactionId);
        Assert.Single(bench.Signings.Of("hot-1").SelectMany(e => e.Slots).Distinct());
    }

    [Fact]
    public async Task SignAsync_NextAttemptWithTheVeryBytesOfTheFirst_GivesTheFirstSignatureAndJournalsTheAttempt()
    {
        var bench = new GateBench();
        var first = await bench.SignedAsync();
        NextAttempt(bench, GateBench.Transfer(World.Intent, 7));

        var second = await bench.SignedAsync();

        Assert.Equal(first, second);
        Assert.Equal(1, bench.Hot.Asked);
        Assert.Equal([1, 2], bench.Signings.Of("hot-1").Select(e => e.Attempt));
    }

    [Fact]
    public async Task SignAsync_NextAttemptOtherNonce_LineageBroken()
    {
        var bench = new GateBench();
        await bench.SignedAsync();
        NextAttempt(bench, GateBench.Transfer(World.Intent, 8));

        await RefusedAfterSignature(bench, RefusalCode.LineageBroken);
    }

    [Fact]
    public async Task SignAsync_NextAttemptFromAnotherVault_LineageBroken()
    {
        var bench = new GateBench();
        await bench.SignedAsync();
        // The customer became professional, and policy pays professionals from the warm vault, in whose journal nothing is.
        var second = GateBench.Attempt2(World) with { Customer = World.Customer with { Class = CustomerClass.Professional } };
        Assert.Equal("warm-1", second.Intent.VaultId);
        bench.Put(second);
        bench.RecordQuorum(second);

        await RefusedAfterSignature(bench, RefusalCode.LineageBroken);

        Assert.Empty(bench.Signings.Of("warm-1"));
    }

    [Fact]
    public async Task SignAsync_IndexTurnedBackToTheFirstAttempt_SlotTaken()
    {
        var bench = new GateBench();
        await bench.SignedAsync();
        NextAttempt(bench, GateBench.Transfer(World.Intent, 7, maxFee: 3_000_000_000), burn: false);
        await bench.SignedAsync();
        bench.EditState(s => s with { Attempt = 1 });

        await RefusedAfterSignature(bench, RefusalCode.SlotTaken, asked: 2);
    }

    [Fact]
    public async Task SignAsync_StoredSignatureOverOtherBytes_Refused()
    {
        var bench = new GateBench();
        await bench.SignedAsync();
        var (key, record) = Assert.Single(bench.Signed.Stored);
        bench.Signed.Stored[key] = record with { Unsigned = record.Unsigned[..^2] + "00" };

        await RefusedAfterSignature(bench, RefusalCode.VaultSignatureInvalid);
    }

    private static void NextAttempt(GateBench bench, Chains.Evm.EvmTransfer transfer, bool burn = true)
    {
        if (burn)
        {
            bench.Stops.Add(new StopFact(StopKind.AttemptBurnt, bench.Id, "Two operators decided.", 1));
        }

        var second = GateBench.Attempt2(World);
        bench.Put(second, transfer: transfer);
        bench.RecordQuorum(second);
    }

    private static async Task RefusedAfterSignature(GateBench bench, RefusalCode code, int asked = 1)
    {
        var refused = Assert.IsType<GateOutcome.Refused>(await bench.SignAsync());
        Assert.Equal(code, refused.Code);
        Assert.True(refused.MayBeSigned);
        Assert.Equal(asked, bench.Hot.Asked + bench.Warm.Asked);
    }
}
