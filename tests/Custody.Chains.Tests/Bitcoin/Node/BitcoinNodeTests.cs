using Custody.Chains.Bitcoin;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Testing;

namespace Custody.Chains.Tests.Bitcoin.Node;

/// <summary>The client, the codec and the builder against a real node in regtest.</summary>
public sealed class BitcoinNodeTests(RegtestFixture regtest) : IClassFixture<RegtestFixture>
{
    private const long Bitcoin = 100_000_000;
    private const long Fee = 1_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IBitcoinNode Node
    {
        get
        {
            Assert.SkipUnless(BitcoindNode.IsThere, "There is no bitcoind.");
            return regtest.Node;
        }
    }

    public static TheoryData<BitcoinAddressKind> Kinds =>
    [
        BitcoinAddressKind.PublicKeyHash, BitcoinAddressKind.ScriptHash, BitcoinAddressKind.WitnessPublicKeyHash, BitcoinAddressKind.WitnessScriptHash,
        BitcoinAddressKind.Taproot,
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Send_ToEachKindOfAddress_IsMinedAndTheCoinIsGone(BitcoinAddressKind kind)
    {
        var coin = await regtest.CoinAsync(Cancellation);
        var signed = RegtestFixture.Spend(coin, LockingScript.Of(Address(kind))!, Bitcoin, Fee);
        var bytes = signed.Serialize();

        Assert.Equal(PoolVerdict.Accepted, (await Node.TestAsync(bytes, Cancellation)).Verdict);
        Assert.Equal(PoolVerdict.Accepted, (await Node.SendAsync(bytes, Cancellation)).Verdict);
        Assert.Equal(PoolVerdict.Accepted, (await Node.SendAsync(bytes, Cancellation)).Verdict);
        Assert.Null(await Node.UnspentAsync(coin.Outpoint, withPool: true, Cancellation));
        Assert.NotNull(await Node.UnspentAsync(coin.Outpoint, withPool: false, Cancellation));
        Assert.Equal((signed.VirtualSize, Fee), await Node.PoolEntryAsync(signed.Id, Cancellation) is { } entry ? (entry.VirtualSize, (long)entry.Fee) : default);

        await regtest.Process.MineAsync(RegtestFixture.OwnAddress);
        var found = await Node.TransactionAsync(signed.Id, Cancellation);
        var block = await Node.BlockAsync(found!.BlockHash!.Value, Cancellation);

        Assert.Equal(1, found.Confirmations);
        Assert.Equal(bytes, found.Transaction.Serialize());
        Assert.Contains(block!.Transactions, t => t.Id == signed.Id && t.WitnessId == signed.WitnessId);
        Assert.Equal(PoolVerdict.Confirmed, (await Node.SendAsync(bytes, Cancellation)).Verdict);
        Assert.Equal(PoolVerdict.Confirmed, (await Node.TestAsync(bytes, Cancellation)).Verdict);
        Assert.Null(await Node.UnspentAsync(coin.Outpoint, withPool: false, Cancellation));
        Assert.Null(await Node.PoolEntryAsync(signed.Id, Cancellation));
        var paid = signed.Outputs.Select((o, i) => (o, i)).Single(o => o.o.Amount == Bitcoin).i;
        var output = await Node.UnspentAsync(new Outpoint(signed.Id, (uint)paid), withPool: true, Cancellation);
        Assert.Equal((Bitcoin, 1, false), (output!.Output.Amount, output.Confirmations, output.IsCoinbase));
        Assert.Equal(LockingScript.Of(Address(kind)), output.Output.Script.ToArray());
    }

    [Fact]
    public async Task Send_AReplacement_IsTakenOnlyForMore()
    {
        var coin = await regtest.CoinAsync(Cancellation);
        var first = RegtestFixture.Spend(coin, RegtestFixture.OwnScript, Bitcoin, Fee);
        await Node.SendAsync(first.Serialize(), Cancellation);

        Assert.Equal(PoolVerdict.FeeTooLow, (await Node.SendAsync(RegtestFixture.Spend(coin, RegtestFixture.OwnScript, Bitcoin, Fee + 1).Serialize(), Cancellation)).Verdict);
        var second = RegtestFixture.Spend(coin, RegtestFixture.OwnScript, Bitcoin, 3 * Fee);
        Assert.Equal(PoolVerdict.Accepted, (await Node.SendAsync(second.Serialize(), Cancellation)).Verdict);

        Assert.Null(await Node.TransactionAsync(first.Id, Cancellation));
        Assert.Equal(3 * Fee, (long)(await Node.PoolEntryAsync(second.Id, Cancellation))!.Fee);
    }

    [Fact]
    public async Task Send_WhatBreaksARule_IsRejected()
    {
        var coin = await regtest.CoinAsync(Cancellation);
        var forged = RegtestFixture.Spend(coin, RegtestFixture.OwnScript, Bitcoin, Fee, digestOf: new byte[32]).Serialize();

        Assert.Equal(PoolVerdict.Rejected, (await Node.TestAsync(forged, Cancellation)).Verdict);
        Assert.Equal(PoolVerdict.Rejected, (await Node.SendAsync(forged, Cancellation)).Verdict);
        Assert.NotNull(await Node.UnspentAsync(coin.Outpoint, withPool: true, Cancellation));
    }

    [Fact]
    public async Task Send_AFeeOfAThousandTimes_IsTooHigh()
    {
        var coin = await regtest.CoinAsync(Cancellation);
        var generous = RegtestFixture.Spend(coin, RegtestFixture.OwnScript, Bitcoin, Bitcoin).Serialize();

        Assert.Equal(PoolVerdict.FeeTooHigh, (await Node.TestAsync(generous, Cancellation)).Verdict);
        Assert.Equal(PoolVerdict.FeeTooHigh, (await Node.SendAsync(generous, Cancellation)).Verdict);
    }

    [Fact]
    public async Task Send_BelowWhatThePoolTakes_IsTooLow()
    {
        var coin = await regtest.CoinAsync(Cancellation);
        var stingy = RegtestFixture.Spend(coin, RegtestFixture.OwnScript, Bitcoin, 1).Serialize();

        Assert.Equal(PoolVerdict.FeeTooLow, (await Node.TestAsync(stingy, Cancellation)).Verdict);
        Assert.Equal(PoolVerdict.FeeTooLow, (await Node.SendAsync(stingy, Cancellation)).Verdict);
    }

    [Fact]
    public async Task Send_ACoinThatIsNotThere_InputsAreMissing()
    {
        var coin = (await regtest.CoinAsync(Cancellation)) with { Outpoint = new Outpoint(TransactionId.Parse(new string('a', 64)), 0) };
        var signed = RegtestFixture.Spend(coin, RegtestFixture.OwnScript, Bitcoin, Fee).Serialize();

        Assert.Equal(PoolVerdict.InputsMissing, (await Node.TestAsync(signed, Cancellation)).Verdict);
        Assert.Equal(PoolVerdict.InputsMissing, (await Node.SendAsync(signed, Cancellation)).Verdict);
    }

    [Fact]
    public async Task Blocks_FollowEachOtherByParentHash()
    {
        var state = await Node.StateAsync(Cancellation);
        var tip = await Node.HeaderAsync(state.BestHash, Cancellation);
        var parent = await Node.HeaderAsync(tip!.ParentHash, Cancellation);

        Assert.Equal("regtest", state.Chain);
        Assert.Equal(state.BestHash, await Node.HashAtAsync(state.Height, Cancellation));
        Assert.Equal(parent!.Hash, await Node.HashAtAsync(state.Height - 1, Cancellation));
        Assert.Null(await Node.HashAtAsync(state.Height + 1, Cancellation));
        Assert.Null(await Node.BlockAsync(TransactionId.Parse(new string('b', 64)), Cancellation));
        Assert.Null(await Node.HeaderAsync(TransactionId.Parse(new string('b', 64)), Cancellation));
        Assert.Null(await Node.TransactionAsync(TransactionId.Parse(new string('b', 64)), Cancellation));
    }

    [Fact]
    public async Task Transaction_ItsBlockLeavesTheChain_IsInThePoolAgain()
    {
        await using var own = new RegtestFixture();
        await own.InitializeAsync();
        var signed = RegtestFixture.Spend(await own.CoinAsync(Cancellation), RegtestFixture.OwnScript, Bitcoin, Fee);
        await own.Node.SendAsync(signed.Serialize(), Cancellation);
        await own.Process.MineAsync(RegtestFixture.OwnAddress);
        var block = (await own.Node.TransactionAsync(signed.Id, Cancellation))!.BlockHash!.Value;

        await own.Process.CallAsync("invalidateblock", block.ToString());
        var orphaned = await own.Node.TransactionAsync(signed.Id, Cancellation);
        await own.Process.CallAsync("reconsiderblock", block.ToString());
        var back = await own.Node.TransactionAsync(signed.Id, Cancellation);

        Assert.Equal((null, 0), (orphaned!.BlockHash, orphaned.Confirmations));
        Assert.Equal((block, 1), (back!.BlockHash, back.Confirmations));
    }

    [Fact]
    public async Task Fees_OfAChainWithoutAMarket_AreUnknownAndNeverBelowTheRelaysFloor()
    {
        Assert.Null(await Node.EstimateAsync(6, EstimateMode.Conservative, Cancellation));
        Assert.Null(await Node.EstimateAsync(6, EstimateMode.Economical, Cancellation));
        Assert.True(await Node.LeastRateAsync(Cancellation) > default(FeeRate));
    }

    [Fact]
    public async Task AnyCall_AWrongPassword_IsNoAnswer()
    {
        _ = Node;
        using var http = new HttpClient();
        var stranger = new BitcoinNode(http, new BitcoinNodeOptions(regtest.Process.Url, BitcoindNode.User, "wrong-guess", TimeSpan.FromSeconds(10)), TimeProvider.System);

        var silence = await Assert.ThrowsAsync<NodeUnavailableException>(() => stranger.StateAsync(Cancellation));

        Assert.DoesNotContain("wrong-guess", silence.ToString(), StringComparison.Ordinal);
    }

    private static BitcoinAddress Address(BitcoinAddressKind kind)
    {
        // Taproot: the x of a point on the curve; what it hides does not matter to who pays it.
        var program = kind switch
        {
            BitcoinAddressKind.PublicKeyHash or BitcoinAddressKind.ScriptHash or BitcoinAddressKind.WitnessPublicKeyHash => Hashes.Hash160(RegtestFixture.Compressed),
            BitcoinAddressKind.WitnessScriptHash => System.Security.Cryptography.SHA256.HashData(RegtestFixture.Compressed),
            _ => RegtestFixture.Compressed[1..],
        };
        return BitcoinAddress.Of(kind, program, BitcoinNetwork.Regtest);
    }
}
