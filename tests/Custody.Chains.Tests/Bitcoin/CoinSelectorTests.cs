using System.Numerics;
using Custody.Chains.Bitcoin;
using Custody.Core.Intents;

namespace Custody.Chains.Tests.Bitcoin;

public sealed class CoinSelectorTests
{
    private static readonly FeeEnvelope Wide = new(1_000_000, 1000);
    private static readonly FeeRate Rate = FeeRate.PerByte(10);

    // One input, one output: 10 + 1/2 and 68 and 31 bytes, rounded up.
    private const int OneToOne = 110;
    private const int OneToTwo = 141;

    [Fact]
    public void Select_CoinThatPaysExactly_MakesNoChange()
    {
        var selected = Select([5_000_000, 100_000 + (OneToOne * 10), 40_000], 100_000);

        Assert.Equal([100_000 + (OneToOne * 10)], selected.Coins.Select(c => c.Amount));
        Assert.Equal((0, OneToOne * 10), (selected.Change, selected.Fee));
    }

    [Fact]
    public void Select_TwoCoinsThatPayExactly_AreFoundAmongOthers()
    {
        var exact = 100_000 + ((OneToOne + 68) * 10);
        var selected = Select([5_000_000, 300_001, exact - 61_000, 61_000, 20_000, 19_000], 100_000);

        Assert.Equal(exact, selected.Coins.Sum(c => c.Amount));
        Assert.True(selected.Change.IsZero);
    }

    [Fact]
    public void Select_ExcessThatIsNotWorthChange_IsLeftToTheFee()
    {
        // Change would cost 31 bytes now and 68 when it is spent.
        var selected = Select([100_000 + ((OneToOne + 99) * 10)], 100_000);

        Assert.Equal((0, (OneToOne + 99) * 10), (selected.Change, selected.Fee));
    }

    [Fact]
    public void Select_NoExactMatch_TakesTheLargestAndMakesChange()
    {
        var selected = Select([700_000, 600_000, 900_000], 100_000);

        Assert.Equal([900_000], selected.Coins.Select(c => c.Amount));
        Assert.Equal((900_000 - 100_000 - (OneToTwo * 10), OneToTwo * 10), (selected.Change, selected.Fee));
    }

    [Fact]
    public void Select_ChangeBelowTheFloor_TakesOneMoreCoin()
    {
        var first = 100_000 + (OneToTwo * 10) + 5_000;
        var selected = Select([first, 50_000], 100_000, floor: 10_000);

        Assert.Equal([first, 50_000], selected.Coins.Select(c => c.Amount));
        Assert.Equal(first + 50_000 - 100_000 - ((OneToTwo + 68) * 10), selected.Change);
    }

    [Fact]
    public void Select_ChangeBelowTheFloorAndNoOtherCoin_MakesTheSmallChange()
    {
        var selected = Select([100_000 + (OneToTwo * 10) + 5_000], 100_000, floor: 10_000);

        Assert.Equal((5_000, OneToTwo * 10), (selected.Change, selected.Fee));
    }

    [Fact]
    public void Select_ExcessBetweenWasteAndDust_NeverMakesDust()
    {
        var request = Request([100_000], FeeRate.LeastRelayed);
        var selected = Assert.IsType<CoinSelection.Selected>(CoinSelector.Select(Coins(100_000 + OneToTwo + 293), request));

        Assert.Equal((0, OneToTwo + 293), (selected.Change, selected.Fee));
    }

    [Fact]
    public void Select_TooLittle_SaysHowMuchIsMissing()
    {
        var missing = Assert.IsType<CoinSelection.Insufficient>(CoinSelector.Select(Coins(60_000, 30_000), Request([100_000])));

        Assert.Equal(10_000 + ((OneToOne + 68) * 10), missing.Missing);
    }

    [Fact]
    public void Select_EnoughOnlyBeyondTheCapOnInputs_IsInsufficient() => Assert.IsType<CoinSelection.Insufficient>(
        CoinSelector.Select(Coins(60_000, 60_000, 60_000), Request([150_000]) with { MaxInputs = 2 }));

    [Fact]
    public void Select_CoinsThatCostMoreThanTheyBring_AreLeftOut() =>
        Assert.IsType<CoinSelection.Insufficient>(CoinSelector.Select(Coins([.. Enumerable.Repeat(680L, 5000)]), Request([1_000]) with { MaxInputs = 1000 }));

    [Fact]
    public void Select_UnconfirmedChange_IsSpentOnlyByPolicy()
    {
        Coin[] coins = [new(At(1), 900_000, IsConfirmed: false)];

        Assert.IsType<CoinSelection.Insufficient>(CoinSelector.Select(coins, Request([100_000])));
        Assert.IsType<CoinSelection.Selected>(CoinSelector.Select(coins, Request([100_000]) with { SpendsUnconfirmed = true }));
    }

    [Theory]
    [InlineData(1409, 1000)]
    [InlineData(1_000_000, 9)]
    public void Select_FeeBeyondAnyCap_IsAboveTheEnvelope(int maxTotal, int maxRate)
    {
        var above = Assert.IsType<CoinSelection.AboveEnvelope>(
            CoinSelector.Select(Coins(900_000), Request([100_000]) with { Envelopes = [new FeeEnvelope(maxTotal, maxRate)] }));

        Assert.Equal((OneToTwo * 10, BigInteger.Min(maxTotal, maxRate * OneToTwo)), (above.Needed, above.Allowed));
    }

    [Fact]
    public void Select_WithoutEnvelope_IsAboveIt() =>
        Assert.IsType<CoinSelection.AboveEnvelope>(CoinSelector.Select(Coins(900_000), Request([100_000]) with { Envelopes = [] }));

    [Theory]
    [InlineData(293)]
    [InlineData(-1)]
    [InlineData(Satoshi.Most + 1)]
    public void Select_PaymentThatNodesDoNotRelay_IsUnpayable(long amount) =>
        Assert.IsType<CoinSelection.Unpayable>(CoinSelector.Select(Coins(900_000), Request([amount])));

    [Fact]
    public void Select_NothingToPay_IsUnpayable() => Assert.IsType<CoinSelection.Unpayable>(CoinSelector.Select(Coins(900_000), Request([])));

    [Fact]
    public void Select_CoinListedTwice_Throws()
    {
        var coin = new Coin(At(1), 60_000);

        Assert.Throws<ArgumentException>(() => CoinSelector.Select([coin, coin], Request([100_000])));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoinSelector.Select([coin], Request([100_000]) with { MaxInputs = 1001 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoinSelector.Select([coin], Request([100_000], new FeeRate(999))));
    }

    internal static Outpoint At(int number)
    {
        var id = new byte[TransactionId.Length];
        BitConverter.TryWriteBytes(id, number);
        return new Outpoint(new TransactionId(id), 0);
    }

    internal static Coin[] Coins(params long[] amounts) => [.. amounts.Select((amount, i) => new Coin(At(i), amount))];

    internal static CoinRequest Request(long[] payments, FeeRate? rate = null) =>
        new([.. payments.Select(p => new TransactionOutput(p, SamplePsbt.Script))], rate ?? Rate, [Wide], 100, 1_000);

    private static CoinSelection.Selected Select(long[] coins, long payment, long floor = 1_000) =>
        Assert.IsType<CoinSelection.Selected>(CoinSelector.Select(Coins(coins), Request([payment]) with { ChangeFloor = floor }));
}
