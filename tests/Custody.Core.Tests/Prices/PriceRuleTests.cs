using System.Numerics;
using Custody.Core.Encoding;
using Custody.Core.Prices;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Prices;

public sealed class PriceRuleTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;

    private static readonly Dictionary<string, (RefusalCode Code, Func<IReadOnlyList<SignedDocument>?> Stored)> Refusals = new(StringComparer.Ordinal)
    {
        ["none"] = (RefusalCode.PriceMissing, () => null),
        ["an empty store"] = (RefusalCode.PriceMissing, () => []),
        ["stale"] = (RefusalCode.PriceStale, () => Stored(Price(250_000, seconds: -14_401))),
        ["twice the price before"] = (RefusalCode.PriceAbsurd, () => Stored(Price(500_000, -60), Price(250_000, -120))),
        ["half the price before"] = (RefusalCode.PriceAbsurd, () => Stored(Price(125_000, -60), Price(250_000, -120))),
        ["absurd, in the other order"] = (RefusalCode.PriceAbsurd, () => Stored(Price(250_000, -120), Price(125_000, -60))),
        ["from the future"] = (RefusalCode.PriceMissing, () => Stored(Price(250_000, 120))),
        ["zero"] = (RefusalCode.PriceMissing, () => Stored(Price(0, -60))),
        ["another currency"] = (RefusalCode.PriceMissing, () => Stored(Price(250_000, -60) with { Currency = "HKD" })),
        ["another asset"] = (RefusalCode.PriceMissing, () => Stored(Price(250_000, -60) with { Asset = Core.Assets.AssetId.Parse("eip155:31337/slip44:61") })),
        ["version 2"] = (RefusalCode.PriceMissing, () => Stored(Price(250_000, -60) with { Version = 2 })),
        ["a scale of 19"] = (RefusalCode.PriceMissing, () => Stored(Price(250_000, -60) with { Scale = 19 })),
        ["unsigned"] = (RefusalCode.PriceMissing, () => [Signing.Document(DocumentType.Price, Price(250_000, -60), World.Now)]),
        ["signed by the exchange"] = (RefusalCode.PriceMissing, () => [Signing.Document(DocumentType.Price, Price(250_000, -60), World.Now, People.Exchange)]),
        ["signed by a stranger"] = (RefusalCode.PriceMissing, () => [Signing.Document(DocumentType.Price, Price(250_000, -60), World.Now, People.Stranger)]),
        ["signed as something else"] = (RefusalCode.PriceMissing, () => [Signing.Document(DocumentType.Customer, Price(250_000, -60), World.Now, People.Feed)]),
        ["edited"] = (RefusalCode.PriceMissing, () => [SignedDocument.Of(CanonicalJson.Serialize(Price(260_000, -60)), Stored(Price(250_000, -60))[0].Signatures)]),
        ["malformed"] = (RefusalCode.PriceMissing, () => [SignedDocument.Of("[]"u8, [])]),
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    [Fact]
    public void Read_TheWorldsPrices_GivesTheNewest()
    {
        var reading = Read(World.PriceDocuments);

        Assert.True(reading.Verdict.IsAllowed, reading.Verdict.Detail);
        Assert.Equal(World.Prices[0], reading.Entry);
    }

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public void Read_AnythingElse_IsRefusedWithItsCode(string what)
    {
        var reading = Read(Refusals[what].Stored());

        Assert.Equal((false, Refusals[what].Code), (reading.Verdict.IsAllowed, reading.Verdict.Code));
        Assert.Null(reading.Entry);
    }

    [Fact]
    public void Read_WithoutTerms_IsMissing() => Assert.Equal(
        RefusalCode.PriceMissing,
        PriceRule.Read(World.PriceDocuments, SampleGovernance.Ether, (World with { Governance = World.Governance with { Prices = null, Retail = null } }).Governed, World.Now, null).Verdict.Code);

    [Fact]
    public void Read_OldByTheChainsClockAlone_IsStale() => Assert.Equal(
        RefusalCode.PriceStale, PriceRule.Read(World.PriceDocuments, SampleGovernance.Ether, World.Governed, World.Now, World.Now.AddHours(5)).Verdict.Code);

    [Fact]
    public void Newest_HoweverOldAndFarItMoved_IsGivenForTelling()
    {
        Assert.Equal(Price(500_000, -20_000), PriceRule.Newest(Stored(Price(250_000, -30_000), Price(500_000, -20_000)), SampleGovernance.Ether, World.Governed, World.Now));
        Assert.Null(PriceRule.Newest([Signing.Document(DocumentType.Price, Price(250_000, -60), World.Now, People.Stranger)], SampleGovernance.Ether, World.Governed, World.Now));
        Assert.Null(PriceRule.Newest(null, SampleGovernance.Ether, World.Governed, World.Now));
    }

    [Fact]
    public void Read_OneBrokenRowAmongThem_IsAsIfItWereNotThere() => Assert.Equal(
        World.Prices[0], Read([SignedDocument.Of("[]"u8, []), .. World.PriceDocuments]).Entry);

    [Theory]
    [InlineData("2000000000000000000", 250_000, 2, "500000")]
    [InlineData("1", 250_000, 2, "1")]
    [InlineData("2000000000000000001", 250_000, 2, "500001")]
    [InlineData("1000000000000000000", 3, 0, "300")]
    public void Of_Amount_IsRoundedUp(string amount, int value, int scale, string expected) => Assert.Equal(
        BigInteger.Parse(expected), (Price(value, 0) with { Scale = scale }).Of(BigInteger.Parse(amount), 18, 2));

    [Property]
    public bool Of_TwoAmounts_AreTogetherNeverWorthMoreThanApart(PositiveInt one, PositiveInt other, PositiveInt price)
    {
        var entry = Price(price.Get, 0);
        BigInteger a = one.Get, b = other.Get;
        return entry.Of(a + b, 6, 2) <= entry.Of(a, 6, 2) + entry.Of(b, 6, 2) && entry.Of(a, 6, 2) >= 1;
    }

    private static PriceEntry Price(int cents, int seconds) => CustodyWorld.Price(cents, World.Now.AddSeconds(seconds));

    private static IReadOnlyList<SignedDocument> Stored(params PriceEntry[] entries) => (World with { Prices = [.. entries] }).PriceDocuments;

    private static PriceReading Read(IReadOnlyList<SignedDocument>? stored) => PriceRule.Read(stored, SampleGovernance.Ether, World.Governed, World.Now, World.ChainTime);
}
