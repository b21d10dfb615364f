using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class TableNonceStoreTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task TakeAsync_SameWithdrawalAgain_GivesTheSame()
    {
        using var place = await Place.CreateAsync(azurite);
        Assert.Equal(3ul, await TakeAsync(place.Open(), "a", 3));
        Assert.Equal(3ul, await TakeAsync(place.Open(), "a", 9));
        Assert.Equal(4ul, await TakeAsync(place.Open(), "b", 3));
        Assert.Equal(9ul, await TakeAsync(place.Open(), "c", 9));
        Assert.Equal(10ul, await TakeAsync(place.Open(), "d", 0));
    }

    [Fact]
    public async Task TakeAsync_AHundredInParallelOverFourProcesses_GivesAHundredWithoutAGap()
    {
        using var place = await Place.CreateAsync(azurite);
        var processes = Enumerable.Range(0, 4).Select(_ => place.Open()).ToList();
        var nonces = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => TakeAsync(processes[i % 4], $"w{i}", 5)));
        Assert.Equal(Enumerable.Range(5, 100).Select(n => (ulong)n), nonces.Order());
    }

    [Fact]
    public async Task ReleaseAsync_GivenBack_TheLowestIsGivenOutNext()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open();
        for (var i = 0; i < 12; i++)
        {
            await TakeAsync(store, $"w{i}", 0);
        }

        foreach (var id in (string[])["w10", "w2", "w2", "w7", "never"])
        {
            await store.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, id, Cancellation);
        }

        Assert.Equal(2ul, await TakeAsync(store, "x1"));
        Assert.Equal(7ul, await TakeAsync(store, "w2"));
        Assert.Equal(10ul, await TakeAsync(store, "x3"));
        Assert.Equal(12ul, await TakeAsync(store, "x4"));
    }

    [Fact]
    public async Task TakeAsync_AsManyInFlightAsGoverned_GivesNoneUntilABlockTookOne()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open();
        Assert.Equal([5ul, 6ul], [await TakeAsync(store, "a", 5, 2), await TakeAsync(store, "b", 5, 2)]);

        Assert.Null(await TakeAsync(store, "c", 5, 2));
        Assert.Equal(6ul, await TakeAsync(store, "b", 5, 2));
        Assert.Equal(7ul, await TakeAsync(store, "c", 6, 2));
        Assert.Null(await TakeAsync(store, "d", 6, 2));

        // A gap is filled however many wait behind it.
        await store.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, "b", Cancellation);
        Assert.Equal(6ul, await TakeAsync(store, "d", 6, 2));

        // A count that went back says nothing new.
        Assert.Null(await TakeAsync(store, "e", 0, 2));
    }

    [Fact]
    public async Task SkipAsync_BelowItNothingIsGivenOut_AndFillsMayTakeIt()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open();
        await store.Nonces.SkipAsync(Sample.Chain, Sample.Account, 5, Cancellation);
        await store.Nonces.SkipAsync(Sample.Chain, Sample.Account, 3, Cancellation);

        Assert.True(await store.Nonces.TakeExactAsync(Sample.Chain, Sample.Account, "fill", 4, Cancellation));
        Assert.False(await store.Nonces.TakeExactAsync(Sample.Chain, Sample.Account, "another", 5, Cancellation));
        Assert.Equal(5ul, await TakeAsync(store, "w"));
    }

    [Fact]
    public async Task TakeAsync_AFreeOneThatTheChainPassed_IsNotGivenOut()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open();
        await TakeAsync(store, "a");
        await TakeAsync(store, "b");
        await store.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, "a", Cancellation);
        Assert.Equal(2ul, await TakeAsync(store, "c", 1));
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task TakeAndRelease_AnyRequestFails_NoNonceIsLostOrDoubled(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var runs = 0;
        await EveryFault.RunAsync(
            place,
            fault,
            (_, _) => Task.CompletedTask,
            async (s, id) =>
            {
                await TakeAsync(s, id + "-a");
                await TakeAsync(s, id + "-b");
                await s.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, id + "-a", Cancellation);
                await s.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, id + "-a", Cancellation);
            },
            (_, _) =>
            {
                runs++;
                return Task.CompletedTask;
            });
        Assert.True(runs >= 8);

        // Each run kept one nonce. What is given out from here on fills the gaps, and nothing is given out twice.
        var healthy = place.Open();
        var kept = await place.Table("Nonces").QueryAsync<Azure.Data.Tables.TableEntity>(r => r.RowKey.CompareTo("nonce-") >= 0 && r.RowKey.CompareTo("nonce.") < 0, cancellationToken: Cancellation)
            .Select(r => ulong.Parse(r.RowKey[6..], System.Globalization.CultureInfo.InvariantCulture)).ToListAsync(Cancellation);
        var more = new List<ulong>();
        for (var i = 0; i < 20; i++)
        {
            more.Add(await TakeAsync(healthy, $"more{i}"));
        }

        var all = kept.Concat(more).Order().ToList();
        Assert.Equal(Enumerable.Range(0, all.Count).Select(n => (ulong)n), all);
    }

    [Fact]
    public async Task TakeExactAsync_GivenBack_IsNobodyElsesFromThenOn()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open();
        foreach (var id in (string[])["a", "b", "c"])
        {
            await TakeAsync(store, id);
        }

        await store.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, "b", Cancellation);

        Assert.True(await ExactAsync(store, "fill", 1));
        Assert.True(await ExactAsync(place.Open(), "fill", 1));
        Assert.Equal("fill", await store.Nonces.OwnerAsync(Sample.Chain, Sample.Account, 1, Cancellation));
        Assert.Equal(3ul, await TakeAsync(store, "d"));

        await store.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, "fill", Cancellation);
        Assert.Null(await store.Nonces.OwnerAsync(Sample.Chain, Sample.Account, 1, Cancellation));
        Assert.Equal(1ul, await TakeAsync(store, "e"));
    }

    [Fact]
    public async Task TakeExactAsync_TakenOrNotGivenOutOrAnother_TakesNothing()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open();
        Assert.False(await ExactAsync(store, "fill", 0));
        await TakeAsync(store, "a");
        await TakeAsync(store, "b");
        await store.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, "a", Cancellation);

        Assert.False(await ExactAsync(store, "fill", 1));
        Assert.False(await ExactAsync(store, "fill", 2));
        Assert.True(await ExactAsync(store, "fill", 0));
        Assert.False(await ExactAsync(store, "fill", 1));
        Assert.False(await ExactAsync(store, "another", 0));
        Assert.Equal(2ul, await TakeAsync(store, "c"));
    }

    // Rows that somebody deleted: the nonce is below the next one, so it was given out once, and nothing takes it.
    [Fact]
    public async Task TakeExactAsync_TheRowsAreGone_IsTaken()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open();
        await TakeAsync(store, "a");
        await TakeAsync(store, "b");
        await foreach (var row in place.Table("Nonces").QueryAsync<Azure.Data.Tables.TableEntity>(r => r.RowKey != "next", cancellationToken: Cancellation))
        {
            await place.Table("Nonces").DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancellation);
        }

        Assert.True(await ExactAsync(store, "fill", 0));
    }

    [Fact]
    public async Task TakeExactAsync_RacingWithdrawals_IsGivenOutOnce()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open();
        await TakeAsync(store, "a");
        await TakeAsync(store, "b");
        await store.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, "a", Cancellation);
        var other = place.Open();

        var fill = ExactAsync(store, "fill", 0);
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => TakeAsync(other, $"w{i}")));

        Assert.Equal(await fill, !taken.Contains(0ul));
        Assert.Equal(taken.Length, taken.Distinct().Count());
    }

    private static Task<bool> ExactAsync(CustodyStorage storage, string fillId, ulong nonce) =>
        storage.Nonces.TakeExactAsync(Sample.Chain, Sample.Account, fillId, nonce, Cancellation);

    private static async Task<ulong> TakeAsync(CustodyStorage storage, string withdrawalId, ulong chainNonce = 0) =>
        await storage.Nonces.TakeAsync(Sample.Chain, Sample.Account, withdrawalId, chainNonce, 1000, Cancellation) ?? throw new InvalidOperationException("No room.");

    private static Task<ulong?> TakeAsync(CustodyStorage storage, string withdrawalId, ulong chainNonce, int maxInFlight) =>
        storage.Nonces.TakeAsync(Sample.Chain, Sample.Account, withdrawalId, chainNonce, maxInFlight, Cancellation);

    [Fact]
    public async Task NextAsync_IsAboveAllThatWereGivenOut()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Nonces;
        Assert.Null(await store.NextAsync(Sample.Chain, Sample.Account, Cancellation));
        await store.TakeAsync(Sample.Chain, Sample.Account, "a", 4, 8, Cancellation);
        await store.TakeAsync(Sample.Chain, Sample.Account, "b", 4, 8, Cancellation);

        Assert.Equal(6ul, await store.NextAsync(Sample.Chain, Sample.Account, Cancellation));
    }
}
