using Custody.Core.Governance;
using Custody.Core.Prices;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Prices;

/// <summary>How far a price moves, as somebody who has one source's key would try it. The sample's terms believe a tenth.</summary>
public sealed class PriceMoveRuleTests
{
    private const int Hour = 3600;
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly PriceTerms One = World.Governance.Prices!;
    private static readonly PriceTerms Two = One with { Sources = [.. One.Sources, new PriceSource("feed-2", People.Stranger.Registered)] };

    [Theory]
    [InlineData(110_000, true)]
    [InlineData(110_001, false)]
    [InlineData(90_910, true)]
    [InlineData(90_909, false)]
    public void Check_FromTheOneBefore_NoFurtherThanGovernanceBelieves(int cents, bool believed) => Assert.Equal(believed, Allows(One, Price(cents), Price(100_000, -60)));

    // Each step is small; together they are not.
    [Theory]
    [InlineData(-3, true)]
    [InlineData(-1, false)]
    public void Check_ManySmallSteps_LeadNoFurtherThanOneLargeOne(int hours, bool isOlder)
    {
        var steps = new[] { Price(100_000, hours * Hour), Price(108_000, -120), Price(109_000, -60) };

        Assert.Equal(isOlder, Allows(One with { MoveSeconds = 2 * Hour }, Price(117_000), steps));
        Assert.False(Allows(One, Price(117_000), steps));
    }

    // Prices that age sooner are compared all the same.
    [Fact]
    public void Check_PricesAgeAtOnce_AreComparedAllTheSame() => Assert.False(Allows(One with { MaxAgeSeconds = 1 }, Price(200_000), Price(100_000, -60)));

    [Fact]
    public void Check_SilenceForTheWholeTime_OneSourceIsBelievedWhereThereIsNoOther()
    {
        Assert.True(Allows(One, Price(200_000), Price(100_000, (-24 * Hour) - 1)));
        Assert.False(Allows(One, Price(200_000), Price(100_000, -24 * Hour)));
        Assert.False(Allows(Two, Price(200_000), Price(100_000, (-24 * Hour) - 1)));
        Assert.False(Allows(Two, Price(100_000)));
    }

    // Whoever writes storage decides what is shown: of one key's own prices nothing follows.
    [Fact]
    public void Check_OnlyItsOwnPricesAreShown_IsNotBelievedWhereThereAreOthers()
    {
        var other = Price(100_000, -120) with { Sources = ["feed-2"] };

        Assert.False(Allows(Two, Price(100_000), Price(100_000, -60)));
        Assert.True(Allows(Two, Price(100_000), Price(100_000, -60), other));
        Assert.True(Allows(One, Price(100_000), Price(100_000, -60)));
    }

    [Fact]
    public void Check_TwoSourcesAgree_IsBelievedHoweverFarItMoved()
    {
        Assert.True(Allows(Two, Agreed(200_000), Price(100_000, -60)));
        Assert.True(Allows(Two, Agreed(200_000)));
    }

    // What follows is compared with what they agreed on, and no longer with what was before it.
    [Theory]
    [InlineData(210_000, true)]
    [InlineData(221_000, false)]
    [InlineData(100_000, false)]
    public void Check_AfterTwoSourcesAgreed_CountsFromThere(int cents, bool believed) =>
        Assert.Equal(believed, Allows(Two, Price(cents), Price(100_000, -600), Agreed(200_000, -300), Price(205_000, -60)));

    // Whoever posts whatever, one price after the other, never has one believed that is further from the honest one than the terms say.
    [Property]
    public bool Check_OneKeyPostsWhatItLikes_StaysNearTheHonestPrice(PositiveInt[] tries)
    {
        var stored = new List<VerifiedPrice> { Price(100_000, -1000) };
        foreach (var (cents, i) in tries.Select((t, i) => ((t.Get * 997 % 150_000) + 50_000, i)))
        {
            var next = Price(cents, -999 + i);
            if (PriceMoveRule.Check(next, stored, One).IsAllowed)
            {
                stored.Insert(0, next);
            }
        }

        return stored.All(p => p.Entry.Value >= 90_909 && p.Entry.Value <= 110_000);
    }

    [Property]
    public bool Moved_EitherWay_IsTheSame(PositiveInt one, PositiveInt other) =>
        PriceMoveRule.Moved(Price(one.Get).Entry, Price(other.Get).Entry, One) == PriceMoveRule.Moved(Price(other.Get).Entry, Price(one.Get).Entry, One);

    [Fact]
    public void Read_OneSourceSignsTwice_AgreesWithNobody()
    {
        var jump = CustodyWorld.Price(500_000, World.Now.AddSeconds(-60));
        var stored = World.PriceDocuments;

        Assert.Equal(RefusalCode.PriceAbsurd, Read(jump, People.Feed, People.Feed).Verdict.Code);
        Assert.Equal(RefusalCode.PriceAbsurd, Read(jump, People.Feed, People.Exchange).Verdict.Code);
        Assert.Equal(jump, Read(jump, People.Feed, People.Stranger).Entry);

        PriceReading Read(PriceEntry entry, params SoftwareKey[] signers) => PriceRule.Read(
            [Signing.Document(DocumentType.Price, entry, entry.AsOf, signers), .. stored.Skip(1)], SampleGovernance.Ether, (World with { Governance = World.Governance with { Prices = Two } }).Governed, World.Now, World.ChainTime);
    }

    private static bool Allows(PriceTerms terms, VerifiedPrice newest, params VerifiedPrice[] others)
    {
        var verdict = PriceMoveRule.Check(newest, others, terms);
        Assert.True(verdict.IsAllowed || verdict.Code == RefusalCode.PriceAbsurd);
        return verdict.IsAllowed;
    }

    private static VerifiedPrice Price(int cents, int seconds = 0) => new(CustodyWorld.Price(cents, World.Now.AddSeconds(seconds)), ["feed-1"]);

    private static VerifiedPrice Agreed(int cents, int seconds = 0) => Price(cents, seconds) with { Sources = ["feed-1", "feed-2"] };
}
