using Custody.Core.Prices;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class TablePriceStoreTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task NewestAsync_Several_GivesTheTwoNewestAndOneOfEachHourAndSourceInTwoRequests()
    {
        using var place = await Place.CreateAsync(azurite);
        var tap = new RequestTap();
        var store = place.Open(tap).Prices;
        foreach (var minutes in (int[])[1, 2, 3, 61, 62, 63, 64])
        {
            Assert.Equal(CommitOutcome.Committed, await store.WriteAsync(Price(minutes, minutes == 62 ? "feed-2" : "feed"), Document(minutes), Cancellation));
        }

        tap.Reset();
        Assert.Equal([64, 63, 61, 62, 1], await NewestAsync(store));
        Assert.Equal(2, tap.Count);
        Assert.Equal(CommitOutcome.Conflict, await store.WriteAsync(Price(64), Document(9), Cancellation));
        Assert.Empty(await store.NewestAsync(Core.Assets.AssetId.Parse("eip155:1/slip44:61"), Cancellation));
    }

    // What two agreed on is what later ones are compared with, whatever came in the same hour.
    [Fact]
    public async Task NewestAsync_TwoAgreed_IsAlwaysAmongThem()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Prices;
        foreach (var minutes in (int[])[1, 2, 3, 4, 5])
        {
            await store.WriteAsync(minutes == 3 ? Price(minutes, "feed", "feed-2") : Price(minutes), Document(minutes), Cancellation);
        }

        Assert.Equal([5, 4, 3, 1], await NewestAsync(store));
    }

    [Fact]
    public async Task NewestAsync_AWholeDayOfManyPrices_ReachesBackADay()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Prices;
        foreach (var minutes in Enumerable.Range(0, 75).Select(i => i * 20))
        {
            await store.WriteAsync(Price(minutes), Document(minutes / 20), Cancellation);
        }

        Assert.Equal(27, (await NewestAsync(store)).Count);
    }

    private static async Task<IReadOnlyList<byte>> NewestAsync(Custody.Storage.Prices.TablePriceStore store) =>
        [.. (await store.NewestAsync(Sample.Ether, Cancellation)).Select(d => d.PayloadBytes()[0])];

    private static VerifiedPrice Price(int minutes, params string[] sources) =>
        new(new PriceEntry(1, Sample.Ether, "USD", 5, 0, Sample.Start.AddMinutes(minutes)), sources.Length > 0 ? sources : ["feed"]);

    private static SignedDocument Document(int minutes) => SignedDocument.Of([(byte)minutes], ["x..y"]);
}
