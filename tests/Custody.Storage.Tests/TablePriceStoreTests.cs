using Custody.Core.Prices;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class TablePriceStoreTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task NewestAsync_Several_GivesTheTwoNewestInOneRequest()
    {
        using var place = await Place.CreateAsync(azurite);
        var tap = new RequestTap();
        var store = place.Open(tap).Prices;
        foreach (var minutes in (int[])[3, 1, 2])
        {
            Assert.Equal(CommitOutcome.Committed, await store.WriteAsync(Entry(minutes), Document(minutes), Cancellation));
        }

        tap.Reset();
        Assert.Equal([Document(3), Document(2)], await store.NewestAsync(Sample.Ether, Cancellation), (a, b) => a.Payload == b.Payload);
        Assert.Equal(1, tap.Count);
        Assert.Equal(CommitOutcome.Conflict, await store.WriteAsync(Entry(3), Document(9), Cancellation));
        Assert.Empty(await store.NewestAsync(Core.Assets.AssetId.Parse("eip155:1/slip44:61"), Cancellation));
    }

    private static PriceEntry Entry(int minutes) => new(1, Sample.Ether, "USD", 5, 0, Sample.Start.AddMinutes(minutes));

    private static SignedDocument Document(int minutes) => SignedDocument.Of([(byte)minutes], ["x..y"]);
}
