using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Testing;
using Custody.TestKeys;
using Microsoft.Extensions.Time.Testing;

namespace Custody.Chains.Tests.Evm.Quorum;

/// <summary>Two and three providers of one real chain, of which one lies, lags or dies.</summary>
public sealed class QuorumNodeTests : IAsyncLifetime
{
    private static readonly TestKey Vault = TestKey.Funded;
    private static readonly EvmAddress Customer = EvmAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    private static readonly EvmTransfer Payment = new(31337, 0, 1_000_000_000, 3_000_000_000, Customer, BigInteger.Pow(10, 18));
    private readonly HttpClient _http = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Told _told = new();
    private AnvilNode _anvil = null!;
    private TestProvider _a = null!;
    private TestProvider _b = null!;
    private TestProvider _c = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _anvil = await AnvilNode.StartAsync(blockSeconds: null, more: ["--no-mining"]);
        await _anvil.MineAsync(20);
        var real = new EvmNode(_http, new EvmNodeOptions(_anvil.Url, TimeSpan.FromSeconds(30)), TimeProvider.System);
        (_a, _b, _c) = (new TestProvider("a", real), new TestProvider("b", real), new TestProvider("c", real));
    }

    public async ValueTask DisposeAsync()
    {
        await _anvil.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public void Of_OneProviderOrTheSameNameTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Of(_a));
        Assert.Throws<ArgumentException>(() => Of(_a, new TestProvider("a", _b)));
    }

    [Fact]
    public async Task Payment_AllHonest_IsReadAsFromASingleNode()
    {
        var node = Of(_a, _b, _c);
        var signed = TransactionBuildTests.Sign(Payment, Vault);
        Assert.Equal(31337ul, await node.ChainIdAsync(Cancellation));
        Assert.Equal(0ul, await node.TransactionCountAsync(Vault.Address, BlockReference.Latest, Cancellation));
        Assert.Equal(BroadcastVerdict.Accepted, (await node.SendAsync(signed.Bytes, signed.TxId, Cancellation)).Verdict);
        Assert.Null((await node.TransactionAsync(signed.TxId, Cancellation))!.Block);
        Assert.Null(await node.ReceiptAsync(signed.TxId, Cancellation));
        Assert.Equal(1ul, await node.TransactionCountAsync(Vault.Address, BlockReference.Pending, Cancellation));

        await _anvil.MineAsync();
        var receipt = await node.ReceiptAsync(signed.TxId, Cancellation);
        var block = await node.BlockAsync(BlockReference.Latest, Cancellation);
        Assert.Equal(21ul, receipt!.Block.Number);
        Assert.Equal(receipt.Block, block!.Header.Point);
        Assert.Equal(block.Header.Point, (await node.TransactionAsync(signed.TxId, Cancellation))!.Block);
        Assert.Equal(signed.TxId, Assert.Single(block.Transactions).Hash);
        Assert.Equal(1ul, await node.TransactionCountAsync(Vault.Address, BlockReference.Latest, Cancellation));
        Assert.True((await node.FeeMarketAsync(Cancellation)).NextBaseFee > 0);
        Assert.Empty(_told.Reports);
    }

    [Fact]
    public async Task Nonce_OneOfThreeLies_IsTheMajoritysAndTheLiarIsSetAsideUntilItAgrees()
    {
        var node = Of(_a, _b, _c);
        _c.Nonce = n => n + 7;
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.Equal(["Disagrees c"], _told.Reports);

        var calls = _c.Calls;
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.Equal(calls, _c.Calls);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.True(_c.Calls > calls);
        Assert.Equal(["Disagrees c"], _told.Reports);

        _c.Nonce = n => n;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.Equal(["Disagrees c"], _told.Reports);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.Equal(["Disagrees c", "Back c"], _told.Reports);

        _c.Nonce = n => n + 7;
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.Equal(["Disagrees c", "Back c", "Disagrees c"], _told.Reports);
    }

    [Fact]
    public async Task Nonce_OneIsSetAside_TheOtherTwoMustAgree()
    {
        var node = Of(_a, _b, _c);
        _c.Nonce = n => n + 7;
        await NonceAsync(node);

        _a.Nonce = n => n + 1;

        await Assert.ThrowsAsync<NodeQuorumException>(() => NonceAsync(node));
    }

    [Fact]
    public async Task Nonce_TwoDisagree_WaitsAndPeopleAreToldOfWhatStaysSo()
    {
        var node = Of(_a, _b);
        _b.Nonce = n => n + 7;
        Assert.False(node.HasOpenQuestion);
        await Assert.ThrowsAsync<NodeQuorumException>(() => NonceAsync(node));
        Assert.True(node.HasOpenQuestion);
        Assert.Empty(_told.Reports);

        _time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<NodeQuorumException>(() => NonceAsync(node));
        await Assert.ThrowsAsync<NodeQuorumException>(() => NonceAsync(node));
        Assert.Equal(["NoQuorum"], _told.Reports);
        Assert.Contains("the nonce of", _told.All[0].Detail, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(59));
        await Assert.ThrowsAsync<NodeQuorumException>(() => NonceAsync(node));
        Assert.Single(_told.Reports);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<NodeQuorumException>(() => NonceAsync(node));
        Assert.Equal(["NoQuorum", "NoQuorum"], _told.Reports);

        _b.Nonce = n => n;
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.False(node.HasOpenQuestion);
    }

    [Fact]
    public async Task Nonce_NobodyAsksAgain_IsNotOpenForEver()
    {
        var node = Of(_a, _b);
        _b.Nonce = n => n + 7;
        await Assert.ThrowsAsync<NodeQuorumException>(() => NonceAsync(node));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(node.HasOpenQuestion);
        await Assert.ThrowsAsync<NodeQuorumException>(() => NonceAsync(node));
        Assert.Empty(_told.Reports);
    }

    [Fact]
    public async Task Balance_OneOfThreeLies_IsTheMajoritysAndOfTwoNobodys()
    {
        _c.Balance = b => b + 1;
        Assert.Equal(BigInteger.Pow(10, 22), await Of(_a, _b, _c).BalanceAsync(Vault.Address, BlockReference.Latest, Cancellation));
        Assert.Equal(["Disagrees c"], _told.Reports);
        await Assert.ThrowsAsync<NodeQuorumException>(() => Of(_a, _c).BalanceAsync(Vault.Address, BlockReference.Latest, Cancellation));
    }

    [Fact]
    public async Task Header_OneOfThreeLiesAboutHashOrTime_IsTheMajoritys()
    {
        var real = await _a.HeaderAsync(BlockReference.At(20), Cancellation);
        _c.Header = h => h with { Timestamp = h.Timestamp.AddYears(1) };
        Assert.Equal(real, await Of(_a, _b, _c).HeaderAsync(BlockReference.At(20), Cancellation));
        Assert.Equal(real, await Of(_a, _b, _c).HeaderAsync(BlockReference.Latest, Cancellation));
        Assert.Equal(["Disagrees c"], _told.Reports);
        await Assert.ThrowsAsync<NodeQuorumException>(() => Of(_a, _c).HeaderAsync(BlockReference.At(20), Cancellation));
        await Assert.ThrowsAsync<NodeQuorumException>(() => Of(_a, _c).HeaderAsync(BlockReference.Latest, Cancellation));
    }

    [Fact]
    public async Task Header_NewestBlocksFork_IsTheNewestOneThatIsAgreedAndNobodyIsSetAside()
    {
        _b.Header = h => h.Number > 18 ? h with { Hash = $"0x{new string('e', 64)}" } : h;
        Assert.Equal(18ul, (await Of(_a, _b).HeaderAsync(BlockReference.Latest, Cancellation))!.Number);
        _b.Header = h => h.Number > 17 ? h with { Hash = $"0x{new string('e', 64)}" } : h;
        await Assert.ThrowsAsync<NodeQuorumException>(() => Of(_a, _b).HeaderAsync(BlockReference.Latest, Cancellation));
        Assert.Empty(_told.Reports);
    }

    [Fact]
    public async Task Receipt_OneOfThreeHidesOrInventsIt_IsTheMajoritys()
    {
        var signed = await PayAsync();
        var node = Of(_a, _b, _c);
        _c.Receipt = _ => null;
        Assert.True((await node.ReceiptAsync(signed.TxId, Cancellation))!.Succeeded);
        Assert.Empty(_told.Reports);

        _c.Receipt = r => r! with { Succeeded = false };
        Assert.True((await node.ReceiptAsync(signed.TxId, Cancellation))!.Succeeded);
        Assert.Equal(["Disagrees c"], _told.Reports);
    }

    [Fact]
    public async Task Transaction_OneOfTwoHidesIt_IsNeverAbsent()
    {
        var signed = await PayAsync();
        _b.Transaction = _ => null;
        await Assert.ThrowsAsync<NodeQuorumException>(() => Of(_a, _b).TransactionAsync(signed.TxId, Cancellation));
        _b.StandsAt = 20;
        await Assert.ThrowsAsync<NodeQuorumException>(() => Of(_a, _b).TransactionAsync(signed.TxId, Cancellation));
    }

    [Fact]
    public async Task Transaction_OneOfThreeInventsThatItIsMined_IsRefutedAndThenAbsent()
    {
        var signed = TransactionBuildTests.Sign(Payment, Vault);
        await _a.SendAsync(signed.Bytes, signed.TxId, Cancellation);
        var node = Of(_a, _b, _c);
        _c.Transaction = t => t! with { Block = new BlockPoint(15, $"0x{new string('e', 64)}") };
        await Assert.ThrowsAsync<NodeQuorumException>(() => node.TransactionAsync(signed.TxId, Cancellation));
        Assert.Equal(["Disagrees c"], _told.Reports);
        Assert.Null((await node.TransactionAsync(signed.TxId, Cancellation))!.Block);
    }

    [Fact]
    public async Task Transaction_OneOfThreeIsABlockAhead_IsNotYetThereAndNobodyIsSetAside()
    {
        var signed = await PayAsync();
        _a.StandsAt = _b.StandsAt = 20;
        Assert.Null(await Of(_a, _b, _c).ReceiptAsync(signed.TxId, Cancellation));
        Assert.Empty(_told.Reports);
    }

    [Fact]
    public async Task Head_OneOfThreeLags_IsTheOthersAndTheOneIsSetAside()
    {
        var node = Of(_a, _b, _c);
        _c.StandsAt = 10;
        Assert.Equal(20ul, (await node.HeaderAsync(BlockReference.Latest, Cancellation))!.Number);
        Assert.Equal(["Lags c"], _told.Reports);

        _c.StandsAt = null;
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.Equal(["Lags c"], _told.Reports);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.Equal(["Lags c", "Back c"], _told.Reports);
    }

    [Fact]
    public async Task Head_OneOfThreeIsABlockBehind_IsNotAskedAboutTheNewestAndNotBlamed()
    {
        await PayAsync();
        _c.StandsAt = 20;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(1ul, await NonceAsync(Of(_a, _b, _c)));
        }

        Assert.Empty(_told.Reports);
    }

    [Fact]
    public async Task Head_TwoAreABlockApart_IsTheLowerAndFarApartNone()
    {
        await PayAsync();
        _b.StandsAt = 20;
        Assert.Equal(20ul, (await Of(_a, _b).HeaderAsync(BlockReference.Latest, Cancellation))!.Number);
        Assert.Equal(0ul, await NonceAsync(Of(_a, _b)));
        Assert.Null(await Of(_a, _b).BlockAsync(BlockReference.At(21), Cancellation));
        _b.StandsAt = 10;
        await Assert.ThrowsAsync<NodeQuorumException>(() => NonceAsync(Of(_a, _b)));
    }

    [Fact]
    public async Task Head_OneOfThreeClaimsAFarHeight_IsSetAside()
    {
        _c.Header = h => h with { Number = h.Number + 1_000_000 };
        Assert.Equal(20ul, (await Of(_a, _b, _c).HeaderAsync(BlockReference.Latest, Cancellation))!.Number);
        Assert.Equal(["Disagrees c"], _told.Reports);
    }

    [Fact]
    public async Task Ask_OneOfThreeDies_IsSetAsideAndAskedAgainLater()
    {
        var node = Of(_a, _b, _c);
        _c.IsSilent = true;
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(31337ul, await node.ChainIdAsync(Cancellation));
        }

        Assert.Equal(["Silent c"], _told.Reports);
        Assert.Equal(3, _c.Calls);

        _time.Advance(TimeSpan.FromSeconds(15));
        await node.ChainIdAsync(Cancellation);
        Assert.Equal(4, _c.Calls);
        Assert.Equal(["Silent c"], _told.Reports);

        _c.IsSilent = false;
        _time.Advance(TimeSpan.FromSeconds(15));
        await node.ChainIdAsync(Cancellation);
        Assert.Equal(5, _c.Calls);
        Assert.Equal(["Silent c"], _told.Reports);
        _time.Advance(TimeSpan.FromSeconds(15));
        await node.ChainIdAsync(Cancellation);
        Assert.Equal(["Silent c", "Back c"], _told.Reports);
    }

    [Fact]
    public async Task Ask_OneOfTwoDies_WaitsAndGoesOnAtOnceWhenItIsBack()
    {
        var node = Of(_a, _b);
        _b.IsSilent = true;
        for (var i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<NodeQuorumException>(() => node.ChainIdAsync(Cancellation));
        }

        Assert.Equal(["Silent b"], _told.Reports);
        _b.IsSilent = false;
        Assert.Equal(31337ul, await node.ChainIdAsync(Cancellation));
    }

    [Fact]
    public async Task Send_OneIsSetAsideAndOneIsDead_GoesToAll()
    {
        var node = Of(_a, _b, _c);
        _a.Nonce = n => n + 7;
        await NonceAsync(node);
        _b.IsSilent = true;
        _c.Refuses = BroadcastVerdict.Rejected;
        var signed = TransactionBuildTests.Sign(Payment, Vault);

        var answer = await node.SendAsync(signed.Bytes, signed.TxId, Cancellation);

        Assert.Equal(BroadcastVerdict.Accepted, answer.Verdict);
        Assert.Equal($"a: Accepted {signed.TxId}; b: Unknown It did not answer.; c: Rejected no", answer.Detail);
    }

    [Fact]
    public async Task Report_CannotBeTold_IsToldByTheNextQuestion()
    {
        var reports = new FailsOnce(_told);
        var node = new QuorumNode(ChainId.Parse("eip155:31337"), [_a.Provider, _b.Provider, _c.Provider], NodeQuorumTerms.Default, reports, _time);
        _c.Nonce = n => n + 7;
        await Assert.ThrowsAsync<IOException>(() => NonceAsync(node));
        Assert.Equal(0ul, await NonceAsync(node));
        Assert.Equal(["Disagrees c"], _told.Reports);
    }

    private QuorumNode Of(params TestProvider[] providers) =>
        new(ChainId.Parse("eip155:31337"), [.. providers.Select(p => p.Provider)], NodeQuorumTerms.Default, _told, _time);

    private static Task<ulong> NonceAsync(QuorumNode node) => node.TransactionCountAsync(Vault.Address, BlockReference.Latest, Cancellation);

    private async Task<SignedTransaction> PayAsync()
    {
        var signed = TransactionBuildTests.Sign(Payment, Vault);
        await _a.SendAsync(signed.Bytes, signed.TxId, Cancellation);
        await _anvil.MineAsync();
        return signed;
    }

    private sealed class FailsOnce(INodeReports then) : INodeReports
    {
        private bool _failed;

        public Task TellAsync(NodeReport report, CancellationToken cancellation)
        {
            if (_failed)
            {
                return then.TellAsync(report, cancellation);
            }

            _failed = true;
            throw new IOException("The outbox is away.");
        }
    }
}
