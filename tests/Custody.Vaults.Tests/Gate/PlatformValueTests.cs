using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>The limit over all assets together, added up from the journals and valued by the signed prices in force.</summary>
public sealed class PlatformValueTests
{
    private const int Day = 86_400;

    // Two ether at 2,500 dollars. Of the token, one dollar each, 6 decimals.
    private static readonly CustodyWorld World = Limited(10_000_00);

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(5_001, false)]
    public async Task SignAsync_AnotherAssetLeftFromAnotherVault_TheSumOfValuesHolds(int tokens, bool signs)
    {
        var bench = Bench(World);
        bench.Signings.Add("warm-1", Token("w-other", tokens), CustodyWorld.Start.AddHours(-2));

        Task outcome = signs ? bench.SignedAsync() : bench.RefusedUnaskedAsync(RefusalCode.VelocityExceeded);
        await outcome;
    }

    // The token fell to a tenth: what left is worth what it is worth now.
    [Fact]
    public async Task SignAsync_WhatLeft_IsValuedByThePriceInForce()
    {
        var bench = Bench(World, Price(10));
        bench.Signings.Add("warm-1", Token("w-other", 50_000), CustodyWorld.Start.AddHours(-2));

        await bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_WhatLeftBeforeTheWindowOrStayedInTheHouse_DoesNotCount()
    {
        var bench = Bench(World);
        bench.Signings.Add("warm-1", Token("w-old", 50_000), CustodyWorld.Start.AddHours(-25));
        bench.Signings.Add("warm-1", Token("w-own", 50_000) with { Kind = IntentKind.GasFunding }, CustodyWorld.Start.AddHours(-2));

        await bench.SignedAsync();
    }

    [Theory]
    [InlineData(false, RefusalCode.PriceMissing)]
    [InlineData(true, RefusalCode.PriceStale)]
    public async Task SignAsync_AnAssetThatLeftHasNoPriceToUse_WaitsAndVaultIsNotAsked(bool isStale, RefusalCode code)
    {
        var bench = isStale ? Bench(World, Price(1_00, hours: -5)) : Bench(World, []);
        bench.Signings.Add("warm-1", Token("w-other", 1), CustodyWorld.Start.AddHours(-2));

        Assert.Equal(code, Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync()).Code);
        Assert.Equal(0, bench.Hot.Asked);
    }

    [Fact]
    public async Task SignAsync_AnAssetOfWhichNothingLeftHasNoPrice_Signs() => await Bench(World, []).SignedAsync();

    // Each of twenty is within every limit of its asset and sees a window with room in it.
    [Fact]
    public async Task SignAsync_TwentyAtOnce_ExactlyTheLimitIsSigned()
    {
        var bench = Bench(Limited(5_000_00 * 4) with { Request = CustodyWorld.Default.Request });
        var ids = Enumerable.Range(0, 20).Select(i => bench.PutOther($"request-{100 + i}", nonce: (ulong)i).WithdrawalId).ToList();

        var outcomes = await Task.WhenAll(ids.Select(id => Task.Run(() => bench.SignAsync(id))));

        Assert.Equal(4, outcomes.OfType<GateOutcome.Signed>().Count());
        Assert.Equal(4, bench.Hot.Asked);
    }

    [Fact]
    public async Task SignAsync_NothingIsGoverned_NoPriceOfAnotherAssetIsAskedFor()
    {
        var bench = new GateBench();
        bench.Signings.Add("warm-1", Token("w-other", 1), CustodyWorld.Start.AddHours(-2));

        await bench.SignedAsync();
    }

    private static SigningFact Token(string id, int amount) =>
        new(id, 1, IntentKind.Withdrawal, "", [], "", SampleToken.Asset, "0x90F79bf6EB2c4f870365E785982E1f101E93b906", amount * (System.Numerics.BigInteger)1_000_000);

    private static PriceEntry[] Price(int cents, int hours = 0) => [new PriceEntry(1, SampleToken.Asset, "USD", cents, 2, CustodyWorld.Start.AddMinutes(-1).AddHours(hours))];

    private static GateBench Bench(CustodyWorld world, PriceEntry[]? token = null)
    {
        var bench = new GateBench(world);
        bench.Prices.Stored.AddRange((token ?? Price(1_00)).Select(p => Signing.Document(DocumentType.Price, p, p.AsOf, People.Feed)));
        return bench;
    }

    private static CustodyWorld Limited(int cents) => CustodyWorld.Default with
    {
        Governance = SampleToken.Document with { PlatformValue = new PlatformValueTerms(Day, cents) },
    };
}
