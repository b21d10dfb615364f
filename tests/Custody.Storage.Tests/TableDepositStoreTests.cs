using Azure.Data.Tables;
using Custody.Core.Deposits;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class TableDepositStoreTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => Place.Cancellation;

    private static Deposit Of(ulong block, string transaction = "0x1") => new(block, $"0xb{block}", transaction, null, Sample.Ether, "vault-1", "0xf", 5);

    [Fact]
    public async Task SeeAsync_AgainAndAgain_RecordsOnce()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Deposits;

        Assert.True(await store.SeeAsync(Of(1), Sample.Start, Cancellation));
        Assert.False(await store.SeeAsync(Of(1), Sample.Start.AddMinutes(1), Cancellation));

        Assert.Equal(new RecordedDeposit(Of(1), DepositStatus.Seen, Sample.Start, Sample.Start), Assert.Single((await ListAsync(place)).Items));
    }

    [Fact]
    public async Task FinishAsync_AgainAndAgain_PostsOnce()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Deposits;
        await store.SeeAsync(Of(1), Sample.Start, Cancellation);

        Assert.True(await store.FinishAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start.AddMinutes(1), Cancellation));
        Assert.False(await place.Open().Deposits.FinishAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start.AddMinutes(2), Cancellation));
        Assert.False(await store.SeeAsync(Of(1), Sample.Start, Cancellation));
        Assert.False(await store.OrphanAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation));

        Assert.Equal((DepositStatus.Final, Sample.Start.AddMinutes(1)), ((await ListAsync(place)).Items[0].Status, (await ListAsync(place)).Items[0].ChangedAt));
        Assert.Equal(["liability/unallocated +0 -5", "vault/vault-1 +5 -0"], await PostingsAsync(place));
    }

    [Fact]
    public async Task OrphanAsync_IsNotPosted_AndSeenAgainWhenItsBlockComesBack()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Deposits;
        await store.SeeAsync(Of(1), Sample.Start, Cancellation);

        Assert.True(await store.OrphanAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation));
        Assert.False(await store.FinishAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation));
        Assert.Empty(await PostingsAsync(place));

        Assert.True(await store.SeeAsync(Of(1), Sample.Start, Cancellation));
        Assert.True(await store.FinishAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation));
        Assert.Equal(2, (await PostingsAsync(place)).Count);
    }

    [Fact]
    public async Task ReverseAsync_WhatWasFinal_IsPostedBackOnceAndPostedAnewWhenItIsFinalAgain()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Deposits;
        await store.SeeAsync(Of(1), Sample.Start, Cancellation);
        Assert.False(await store.ReverseAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation));
        await store.FinishAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation);

        Assert.True(await store.ReverseAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation));
        Assert.False(await place.Open().Deposits.ReverseAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation));
        Assert.Equal(DepositStatus.Orphaned, (await ListAsync(place)).Items[0].Status);
        Assert.Equal(["liability/unallocated +0 -5", "liability/unallocated +5 -0", "vault/vault-1 +0 -5", "vault/vault-1 +5 -0"], await PostingsAsync(place));

        Assert.True(await store.SeeAsync(Of(1), Sample.Start, Cancellation));
        Assert.True(await store.FinishAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation));
        Assert.Equal(6, (await PostingsAsync(place)).Count);
    }

    // Whoever posted it died before it was called final, and its block left the chain.
    [Fact]
    public async Task OrphanAsync_PostedAndNotYetFinal_IsPostedBack()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Deposits;
        await store.SeeAsync(Of(1), Sample.Start, Cancellation);
        await store.FinishAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation);
        var row = await place.Table("Deposits").QueryAsync<TableEntity>(cancellationToken: Cancellation).FirstAsync(Cancellation);
        row["Status"] = nameof(DepositStatus.Seen);
        await place.Table("Deposits").UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);

        Assert.True(await store.OrphanAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation));
        Assert.Equal(4, (await PostingsAsync(place)).Count);

        await store.SeeAsync(Of(1), Sample.Start, Cancellation);
        await store.FinishAsync(Sample.Chain, 1, Of(1).Id(), Sample.Start, Cancellation);
        Assert.Equal(6, (await PostingsAsync(place)).Count);
    }

    [Fact]
    public async Task ListAsync_InPages_TheHighestBlockFirst()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Deposits;
        foreach (var block in (ulong[])[9, 100, 10])
        {
            await store.SeeAsync(Of(block), Sample.Start, Cancellation);
        }

        var first = await store.ListAsync(Sample.Chain, 2, null, Cancellation);
        var second = await store.ListAsync(Sample.Chain, 2, first.Continuation, Cancellation);

        Assert.Equal([100ul, 10ul], first.Items.Select(d => d.Deposit.BlockNumber));
        Assert.Equal(9ul, Assert.Single(second.Items).Deposit.BlockNumber);
        Assert.Null(second.Continuation);
        await Assert.ThrowsAsync<FormatException>(() => store.ListAsync(Sample.Chain, 2, "nonsense", Cancellation));
    }

    private static Task<DepositPage> ListAsync(Place place) => place.Open().Deposits.ListAsync(Sample.Chain, 10, null, Cancellation);

    private static async Task<List<string>> PostingsAsync(Place place) =>
        [.. (await place.Table("Ledger").QueryAsync<TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation))
            .Select(r => $"{r.GetString("Account")} +{r.GetString("Debit")} -{r.GetString("Credit")}").Order(StringComparer.Ordinal)];
}
