using Custody.Core.Admission;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Results;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Policy;

/// <summary>25 units of a token that is worth a dollar; its fee may be 0.01 ether, which is worth 25 dollars as well.</summary>
public sealed class TokenFeeShareTests
{
    private static readonly PriceEntry Coin = CustodyWorld.Price(2_500_00, CustodyWorld.Start.AddMinutes(-1));

    [Theory]
    [InlineData(10_000, 2_500_00, true)]
    [InlineData(9_999, 2_500_00, false)]
    [InlineData(10_000, 2_501_00, false)]
    [InlineData(100, 25_00, true)]
    [InlineData(100, 26_00, false)]
    public void Evaluate_ByWhatBothAreWorth_WithinTheShareOrRefused(int share, int coin, bool allowed)
    {
        var verdict = Evaluate(World(share) with { Prices = [.. SampleToken.World.Prices, Coin with { Value = coin }] });

        Assert.Equal((allowed, allowed ? RefusalCode.Unspecified : RefusalCode.FeeAboveEnvelope), (verdict.IsAllowed, verdict.Code));
    }

    [Fact]
    public void Evaluate_AClientAsksForASmallerFee_PassesWithIt()
    {
        var world = World(100) with { Prices = [.. SampleToken.World.Prices, Coin] };
        var smaller = world with { Request = world.Request with { MaxFee = SampleGovernance.OneEther / 10_000 } };

        Assert.Equal(RefusalCode.FeeAboveEnvelope, Evaluate(world).Code);
        Assert.Equal(SampleGovernance.OneEther / 10_000, AdmissionRule.Evaluate(smaller.AdmissionFacts).Admitted!.Fee.MaxTotal);
    }

    [Fact]
    public void Evaluate_NoPriceOfEither_Denies()
    {
        Assert.Equal(RefusalCode.PriceMissing, Evaluate(World(10_000)).Code);
        Assert.Equal(RefusalCode.PriceMissing, Evaluate(World(10_000) with { Prices = [Coin] }).Code);
        Assert.Equal(RefusalCode.PriceStale, Evaluate(World(10_000) with { Prices = [.. SampleToken.World.Prices, Coin with { AsOf = CustodyWorld.Start.AddHours(-5) }] }).Code);
    }

    [Fact]
    public void Evaluate_NoShareOrTheCoinItself_AsksForNoPrice()
    {
        Assert.True(Evaluate(SampleToken.World).IsAllowed);
        Assert.True(Evaluate(World(1) with { Request = CustodyWorld.Default.Request, Prices = [Coin] }).IsAllowed);
        Assert.Null(PolicyNeeds.FeeCoin(World(1).Governed, SampleGovernance.Ether));
        Assert.Equal(SampleGovernance.Ether, PolicyNeeds.FeeCoin(World(1).Governed, SampleToken.Asset));
        Assert.Null(PolicyNeeds.FeeCoin(SampleToken.World.Governed, SampleToken.Asset));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void Problem_AShareThatIsNone_IsTold(int share) => Assert.Contains(
        "token's fee share", GovernanceConsistency.Problem(World(share).Governance, GovernanceKeys.Of(World(share).Governance)), StringComparison.Ordinal);

    [Fact]
    public void Problem_AShareWithoutTermsForPrices_IsTold()
    {
        var governance = World(1).Governance with { Prices = null, Retail = null };

        Assert.Contains("by what it is worth", GovernanceConsistency.Problem(governance, GovernanceKeys.Of(governance)), StringComparison.Ordinal);
    }

    private static Verdict Evaluate(CustodyWorld world) => AdmissionRule.Evaluate(world.AdmissionFacts).Verdict;

    private static CustodyWorld World(int share) => SampleToken.World with
    {
        Governance = SampleToken.Document with { Rules = [.. SampleToken.Document.Rules.Select(r => r with { Fee = r.Fee with { MaxTokenShareBasisPoints = share } })] },
    };
}
