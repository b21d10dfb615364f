using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Testing;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

/// <summary>Against a real node that mines only when it is told to.</summary>
public sealed class AnvilNodeTests : IAsyncLifetime
{
    private const ulong Chain = 31337;
    private const ulong Finality = 12;
    private static readonly TestKey Vault = TestKey.Funded;
    private static readonly EvmAddress Customer = EvmAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    private static readonly EvmTransfer Payment = new(Chain, 0, 1_000_000_000, 3_000_000_000, Customer, BigInteger.Pow(10, 18));
    private readonly HttpClient _http = new();
    private AnvilNode _anvil = null!;
    private EvmNode _node = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _anvil = await AnvilNode.StartAsync(blockSeconds: null, more: ["--no-mining"]);
        _node = new EvmNode(_http, new EvmNodeOptions(_anvil.Url, TimeSpan.FromSeconds(30)), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _anvil.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task Withdrawal_PlannedBuiltSignedSentAndMined_HasExactlyItsEffects()
    {
        var intent = SampleIntent.Create(Customer.ToString(), BigInteger.Pow(10, 18));
        var before = await _node.BalanceAsync(Customer, BlockReference.Latest, Cancellation);
        var fees = Assert.IsType<FeePlan.Planned>(FeePlanner.Plan(await _node.FeeMarketAsync(Cancellation), intent.Fee));
        var nonce = await _node.TransactionCountAsync(Vault.Address, BlockReference.Pending, Cancellation);
        var transfer = new EvmTransfer(
            await _node.ChainIdAsync(Cancellation), nonce, fees.MaxPriorityFeePerGas, fees.MaxFeePerGas, Customer, intent.Amount);
        var signed = TransactionBuildTests.Sign(transfer, Vault);

        var answer = await _node.SendAsync(signed.Bytes, signed.TxId, Cancellation);
        Assert.Equal(new BroadcastAnswer(BroadcastVerdict.Accepted, signed.TxId), answer);
        Assert.IsType<EffectsResult.NotFound>(await EffectsAsync(intent, signed.TxId));

        await _anvil.MineAsync();
        var matches = Assert.IsType<EffectsResult.Matches>(await EffectsAsync(intent, signed.TxId));
        Assert.Equal(21000ul, matches.Receipt.GasUsed);
        Assert.Equal(before + intent.Amount, await _node.BalanceAsync(Customer, BlockReference.Latest, Cancellation));
        Assert.Equal(before, await _node.BalanceAsync(Customer, BlockReference.At(0), Cancellation));
        Assert.IsType<EffectsResult.Differs>(await EffectsAsync(intent with { Amount = intent.Amount + 1 }, signed.TxId));
    }

    [Fact]
    public async Task Send_PendingThenMined_IsAlreadyKnownThenNonceTooLow()
    {
        var signed = TransactionBuildTests.Sign(Payment, Vault);
        Assert.Equal(BroadcastVerdict.Accepted, await SendAsync(signed));
        Assert.Equal(BroadcastVerdict.AlreadyKnown, await SendAsync(signed));
        await _anvil.MineAsync();
        Assert.Equal(BroadcastVerdict.NonceTooLow, await SendAsync(signed));
    }

    [Fact]
    public async Task Send_ReplacementAtTheSameFee_IsUnderpriced()
    {
        await SendAsync(TransactionBuildTests.Sign(Payment, Vault));
        Assert.Equal(BroadcastVerdict.Underpriced, await SendAsync(TransactionBuildTests.Sign(Payment with { Value = 1 }, Vault)));
    }

    [Fact]
    public async Task Send_BelowTheBaseFee_IsUnderpriced() => Assert.Equal(
        BroadcastVerdict.Underpriced, await SendAsync(TransactionBuildTests.Sign(Payment with { MaxFeePerGas = 1, MaxPriorityFeePerGas = 1 }, Vault)));

    [Fact]
    public async Task Send_FromAnEmptyAccount_IsInsufficientFunds() =>
        Assert.Equal(BroadcastVerdict.InsufficientFunds, await SendAsync(TransactionBuildTests.Sign(Payment, TestKey.Eip155)));

    [Fact]
    public async Task Send_ForAnotherChain_IsRejected() =>
        Assert.Equal(BroadcastVerdict.Rejected, await SendAsync(TransactionBuildTests.Sign(Payment with { ChainId = 1 }, Vault)));

    [Fact]
    public async Task Send_Garbage_IsRejected() =>
        Assert.Equal(BroadcastVerdict.Rejected, (await _node.SendAsync(new byte[] { 2, 0xc0 }, "0x", Cancellation)).Verdict);

    [Fact]
    public async Task Read_UnknownThings_AreNull()
    {
        var unknown = $"0x{new string('1', 64)}";
        Assert.Null(await _node.TransactionAsync(unknown, Cancellation));
        Assert.Null(await _node.ReceiptAsync(unknown, Cancellation));
        Assert.Null(await _node.BlockAsync(BlockReference.At(1000), Cancellation));
        Assert.Null(await _node.HeaderAsync(BlockReference.At(1000), Cancellation));
    }

    [Fact]
    public async Task Genesis_TwoNodes_AreToldApart()
    {
        await using var other = await AnvilNode.StartAsync(blockSeconds: null, more: ["--timestamp", "1700000000"]);
        var elsewhere = new EvmNode(_http, new EvmNodeOptions(other.Url, TimeSpan.FromSeconds(30)), TimeProvider.System);
        Assert.Equal(await _node.ChainIdAsync(Cancellation), await elsewhere.ChainIdAsync(Cancellation));
        Assert.NotEqual(await _node.GenesisHashAsync(Cancellation), await elsewhere.GenesisHashAsync(Cancellation));
        Assert.Equal((await _node.HeaderAsync(BlockReference.At(0), Cancellation))!.Hash, await _node.GenesisHashAsync(Cancellation));
    }

    [Fact]
    public async Task Tags_AfterManyBlocks_AreOrdered()
    {
        await _anvil.MineAsync(100);
        var latest = await _node.HeaderAsync(BlockReference.Latest, Cancellation);
        var safe = await _node.HeaderAsync(BlockReference.Safe, Cancellation);
        var finalized = await _node.HeaderAsync(BlockReference.Finalized, Cancellation);
        Assert.Equal(100ul, latest!.Number);
        Assert.True(finalized!.Number < safe!.Number && safe.Number < latest.Number);
    }

    [Fact]
    public async Task Follow_Reorganisation_StepsBackAndSeesThePaymentGone()
    {
        var cursor = await FollowAsync(ChainCursor.StartAt((await _node.HeaderAsync(BlockReference.At(0), Cancellation))!.Point));
        await _anvil.MineAsync(3);
        var signed = TransactionBuildTests.Sign(Payment, Vault);
        await SendAsync(signed);
        await _anvil.MineAsync();
        cursor = await FollowAsync(cursor);
        Assert.Equal(4ul, cursor.Head.Number);

        await _anvil.CallAsync("anvil_reorg", 2, Array.Empty<object>());
        var reorg = Assert.IsType<WatchStep.Reorg>(await StepAsync(cursor));
        Assert.Equal(cursor.Blocks.Single(b => b.Number == 2), reorg.ForkPoint);
        Assert.Equal(cursor.Blocks.Where(b => b.Number > 2), reorg.Orphaned);

        var after = await FollowAsync(reorg.Cursor);
        Assert.Equal(4ul, after.Head.Number);
        Assert.NotEqual(cursor.Head.Hash, after.Head.Hash);
        Assert.Null(await _node.ReceiptAsync(signed.TxId, Cancellation));
    }

    [Fact]
    public async Task Follow_ReorganisationOfFinalBlocks_IsTooDeep()
    {
        await _anvil.MineAsync(20);
        var cursor = await FollowAsync(ChainCursor.StartAt((await _node.HeaderAsync(BlockReference.At(0), Cancellation))!.Point));
        await _anvil.CallAsync("anvil_reorg", (int)Finality, Array.Empty<object>());
        Assert.Equal(new WatchStep.TooDeep((int)Finality), await StepAsync(cursor));
    }

    [Fact]
    public async Task Follow_Payment_IsSeenOnce()
    {
        var cursor = ChainCursor.StartAt((await _node.HeaderAsync(BlockReference.At(0), Cancellation))!.Point);
        var signed = TransactionBuildTests.Sign(Payment, Vault);
        await SendAsync(signed);
        await _anvil.MineAsync();
        var advance = Assert.IsType<WatchStep.Advance>(await StepAsync(cursor));
        Assert.Equal(signed.TxId, advance.Ours.Single().Hash);
        Assert.IsType<WatchStep.CaughtUp>(await StepAsync(advance.Cursor));
    }

    [Fact]
    public async Task Follow_NodeThatLagsBehind_IsNotAReorganisation()
    {
        await _anvil.MineAsync(3);
        var genesis = (await _node.HeaderAsync(BlockReference.At(0), Cancellation))!.Point;
        var ahead = new ChainCursor([.. Enumerable.Range(0, 9).Select(n => n == 0 ? genesis : new BlockPoint((ulong)n, $"0x{n:x64}"))]);
        Assert.Equal(new WatchStep.NodeBehind(8), await StepAsync(ahead));
    }

    private Task<WatchStep> StepAsync(ChainCursor cursor) => new BlockReader(_node).StepAsync(cursor, Finality, a => a == Vault.Address, Cancellation);

    private async Task<ChainCursor> FollowAsync(ChainCursor cursor)
    {
        while (await StepAsync(cursor) is var step && step is not WatchStep.CaughtUp)
        {
            cursor = Assert.IsType<WatchStep.Advance>(step).Cursor;
        }

        return cursor;
    }

    private async Task<BroadcastVerdict> SendAsync(SignedTransaction signed) => (await _node.SendAsync(signed.Bytes, signed.TxId, Cancellation)).Verdict;

    private async Task<EffectsResult> EffectsAsync(Custody.Core.Intents.WithdrawalIntent intent, string txId)
    {
        var transaction = await _node.TransactionAsync(txId, Cancellation);
        var receipt = await _node.ReceiptAsync(txId, Cancellation);
        var canonical = receipt is null ? null : await _node.HeaderAsync(BlockReference.At(receipt.Block.Number), Cancellation);
        return EffectsCheck.Check(intent, Vault.Address, txId, transaction, receipt, canonical);
    }
}
