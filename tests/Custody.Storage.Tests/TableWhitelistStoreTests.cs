using Custody.Core.Assets;
using Custody.Core.Results;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Storage.Tests.Support;
using Custody.Storage.Whitelisting;

namespace Custody.Storage.Tests;

public sealed class TableWhitelistStoreTests(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, string> Proposal = new() { [WhitelistFile.Proposal] = "a.b.c" };
    private static readonly Dictionary<string, string> Nothing = [];

    private static CancellationToken Cancellation => Place.Cancellation;

    private static WhitelistState State(string id, string client = "exchange-a", int minute = 0) => WhitelistState.Proposed(
        new WhitelistEntry(
            1, id, client, "customer-1", ChainId.Parse("eip155:1"), "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", null, "a ledger",
            new DateTimeOffset(2026, 1, 31, 12, minute, 0, TimeSpan.Zero)),
        new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task CreateAsync_Twice_IsThereOnce()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Whitelist;

        Assert.Equal(CommitOutcome.Committed, await store.CreateAsync(State("e 1"), Proposal, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await store.CreateAsync(State("e 1") with { Address = "other" }, Proposal, Cancellation));
        var file = (await store.LoadAsync(WhitelistKey.Of("e 1"), Cancellation))!;
        Assert.Equal((State("e 1"), "a.b.c"), (file.State, file.Documents[WhitelistFile.Proposal]));
        Assert.Null(await store.LoadAsync(WhitelistKey.Of("e 2"), Cancellation));
    }

    [Fact]
    public async Task CommitAsync_AFileThatChanged_Conflicts()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Whitelist;
        await store.CreateAsync(State("e1"), Proposal, Cancellation);
        var read = (await store.LoadAsync(WhitelistKey.Of("e1"), Cancellation))!;
        var next = read.State.Become(WhitelistStatus.Rejected) with { Reason = RefusalCode.WhitelistProposalRejected, ReasonDetail = "no", UsableFrom = State("e1").CreatedAt };

        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(read, next, new Dictionary<string, string> { ["approval-ann"] = "d..e" }, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await store.CommitAsync(read, next, Nothing, Cancellation));
        var after = (await store.LoadAsync(WhitelistKey.Of("e1"), Cancellation))!;
        Assert.Equal(next, after.State);
        Assert.Equal(["approval-ann", "proposal"], after.Documents.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task CommitAsync_ADocumentThatIsThere_Conflicts()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Whitelist;
        await store.CreateAsync(State("e1"), Proposal, Cancellation);
        var read = (await store.LoadAsync(WhitelistKey.Of("e1"), Cancellation))!;

        Assert.Equal(CommitOutcome.Conflict, await store.CommitAsync(read, read.State, Proposal, Cancellation));
    }

    [Fact]
    public async Task OpenAsync_NamesWhatWaits_AndNothingElse()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Whitelist;
        await store.CreateAsync(State("waits"), Proposal, Cancellation);
        await store.CreateAsync(State("active") with { Status = WhitelistStatus.Active }, Proposal, Cancellation);
        await store.CreateAsync(State("ends"), Proposal, Cancellation);
        await MoveAsync(store, "ends", WhitelistStatus.Rejected);
        Assert.Equal([WhitelistKey.Of("waits")], await OpenAsync(store));

        await MoveAsync(store, "active", WhitelistStatus.Suspended);
        await MoveAsync(store, "active", WhitelistStatus.CoolingOff);
        Assert.Equal(new[] { WhitelistKey.Of("waits"), WhitelistKey.Of("active") }.Order(StringComparer.Ordinal), (await OpenAsync(store)).Order(StringComparer.Ordinal));
        await store.CloseAsync(WhitelistKey.Of("active"), Cancellation);
        Assert.Equal(2, (await OpenAsync(store)).Count);
    }

    [Fact]
    public async Task ListAsync_Pages_NewestFirstAndOnlyTheClients()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Whitelist;
        for (var i = 0; i < 5; i++)
        {
            await store.CreateAsync(State($"e{i}", i == 2 ? "exchange-b" : "exchange-a", i), Proposal, Cancellation);
        }

        var first = await store.ListAsync("exchange-a", 3, null, Cancellation);
        var second = await store.ListAsync("exchange-a", 3, first.Continuation, Cancellation);
        Assert.Equal(["e4", "e3", "e1", "e0"], first.Items.Concat(second.Items).Select(i => i.EntryId));
        Assert.Null(second.Continuation);
        Assert.Equal(5, (await store.ListAsync(null, 50, null, Cancellation)).Items.Count);
        await Assert.ThrowsAsync<FormatException>(() => store.ListAsync(null, 50, "x", Cancellation));
    }

    [Fact]
    public async Task LoadAsync_ADamagedRow_IsRefused()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Whitelist;
        await store.CreateAsync(State("e1"), Proposal, Cancellation);
        await place.Table("Whitelist").UpdateEntityAsync(
            new Azure.Data.Tables.TableEntity(WhitelistKey.Of("e1"), "state") { ["Status"] = "12" }, Azure.ETag.All, cancellationToken: Cancellation);

        await Assert.ThrowsAsync<InvalidDataException>(() => store.LoadAsync(WhitelistKey.Of("e1"), Cancellation));
    }

    private static async Task MoveAsync(TableWhitelistStore store, string id, WhitelistStatus status)
    {
        var read = (await store.LoadAsync(WhitelistKey.Of(id), Cancellation))!;
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(read, read.State.Become(status), Nothing, Cancellation));
    }

    private static async Task<List<string>> OpenAsync(TableWhitelistStore store)
    {
        var keys = new List<string>();
        await foreach (var key in store.OpenAsync(Cancellation))
        {
            keys.Add(key);
        }

        return keys;
    }
}
