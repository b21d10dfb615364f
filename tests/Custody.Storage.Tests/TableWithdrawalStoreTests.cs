using Custody.Core.Audit;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class TableWithdrawalStoreTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task LoadAsync_Created_GivesTheStateAndDocuments()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        Assert.Equal(CommitOutcome.Committed, await store.CreateAsync(Sample.First(id), Cancellation));

        var read = await store.LoadAsync(id, Cancellation);

        var audit = await store.AuditAsync(id, Cancellation);
        Assert.Equal(Sample.State(id) with { AuditSequence = 1, AuditHead = audit[^1].Hash() }, read!.State);
        var document = Assert.Single(read.Documents).Value;
        Assert.Equal("{\"request\":1}"u8.ToArray(), document.Content.ToArray());
        Assert.Equal("header..signature", document.Signature);
    }

    [Fact]
    public async Task LoadAsync_EveryColumnSet_RoundTrips()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        await store.CreateAsync(Sample.First(id), Cancellation);
        var read = await store.LoadAsync(id, Cancellation);
        var full = read!.State with
        {
            Status = WithdrawalStatus.Held,
            HeldAt = WithdrawalStatus.Signing,
            Hold = 3,
            Attempt = 2,
            Reason = RefusalCode.SlotTaken,
            ReasonDetail = "a 'quoted' reason",
            IntentDigest = "01",
            VaultId = "vault-1",
            Destination = "0xd",
            ApprovalDeadline = Sample.Start.AddTicks(1),
            Nonce = ulong.MaxValue,
            SignatureExists = true,
            TransactionId = "0x1",
            BlockNumber = ulong.MaxValue - 1,
            BlockHash = "0x2",
            TraceParent = null,
        };

        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(read, new CaseChange(full, Sample.Event("held")), Cancellation));

        var again = await store.LoadAsync(id, Cancellation);
        Assert.Equal(full with { AuditSequence = 2, AuditHead = again!.State.AuditHead }, again.State);
        Assert.NotEqual(read.State.AuditHead, again.State.AuditHead);
    }

    [Fact]
    public async Task LoadAsync_Unknown_IsNull()
    {
        using var place = await Place.CreateAsync(azurite);
        Assert.Null(await place.Open().Withdrawals.LoadAsync(Sample.WithdrawalId("none"), Cancellation));
    }

    [Fact]
    public async Task LoadAsync_TamperedStatus_Throws()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        await store.CreateAsync(Sample.First(id), Cancellation);
        await place.Table("Withdrawals").UpdateEntityAsync(new Azure.Data.Tables.TableEntity(id, "state") { ["Status"] = "12" }, Azure.ETag.All, cancellationToken: Cancellation);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.LoadAsync(id, Cancellation));
    }

    [Fact]
    public async Task CreateAsync_Twice_IsAConflictAndChangesNothing()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        await store.CreateAsync(Sample.First(id), Cancellation);
        Assert.Equal(CommitOutcome.Conflict, await store.CreateAsync(Sample.First(id, Sample.Start.AddSeconds(5)), Cancellation));
        var page = await store.ListAsync("exchange", null, 10, null, Cancellation);
        Assert.Equal(Sample.Start, Assert.Single(page.Items).CreatedAt);
        Assert.Single(await store.AuditAsync(id, Cancellation));
    }

    [Fact]
    public async Task CreateAsync_FiftyInParallel_OneWins()
    {
        using var place = await Place.CreateAsync(azurite);
        var id = Sample.WithdrawalId("a");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => place.Open().Withdrawals.CreateAsync(Sample.First(id, Sample.Start.AddSeconds(i)), Cancellation)));
        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Single((await place.Open().Withdrawals.ListAsync(null, null, 100, null, Cancellation)).Items);
    }

    [Fact]
    public async Task CommitAsync_StaleVersion_IsAConflict()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        await store.CreateAsync(Sample.First(id), Cancellation);
        var read = await store.LoadAsync(id, Cancellation);
        var change = new CaseChange(read!.State.Become(WithdrawalStatus.Validated), Sample.Event("validated"));
        Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(read, change, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await store.CommitAsync(read, change, Cancellation));
        Assert.Equal(2, (await store.AuditAsync(id, Cancellation)).Count);
    }

    [Fact]
    public async Task CommitAsync_DocumentExists_IsAConflictAndWritesNothing()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        await store.CreateAsync(Sample.First(id), Cancellation);
        var read = await store.LoadAsync(id, Cancellation);
        var change = new CaseChange(
            read!.State.Become(WithdrawalStatus.Validated), [Sample.Event("x")], [new CaseDocument("new", new byte[] { 1 }), new CaseDocument(CaseDocuments.Request, new byte[] { 2 })]);
        Assert.Equal(CommitOutcome.Conflict, await store.CommitAsync(read, change, Cancellation));
        var after = await store.LoadAsync(id, Cancellation);
        Assert.Equal(WithdrawalStatus.Received, after!.State.Status);
        Assert.Single(after.Documents);
    }

    [Fact]
    public async Task CommitAsync_AChangeWithoutEvents_Throws()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        await store.CreateAsync(Sample.First(id), Cancellation);
        var read = await store.LoadAsync(id, Cancellation);
        await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(read!, new CaseChange(read!.State), Cancellation));
    }

    [Theory]
    [InlineData(1, 70_000)]
    [InlineData(80, 60_000)]
    [InlineData(101, 1)]
    public async Task CommitAsync_BeyondTheServicesLimits_ThrowsBeforeAnythingIsSent(int documents, int bytes)
    {
        using var place = await Place.CreateAsync(azurite);
        var id = Sample.WithdrawalId("a");
        await place.Open().Withdrawals.CreateAsync(Sample.First(id), Cancellation);
        var tap = new RequestTap();
        var store = place.Open(tap).Withdrawals;
        var read = await store.LoadAsync(id, Cancellation);
        tap.Reset();
        var change = new CaseChange(read!.State, [Sample.Event("x")], [.. Enumerable.Range(0, documents).Select(i => new CaseDocument($"d{i}", new byte[bytes]))]);
        await Assert.ThrowsAsync<StorageLimitException>(() => store.CommitAsync(read, change, Cancellation));
        Assert.Equal(0, tap.Count);
    }

    [Fact]
    public async Task CommitAsync_Ended_IsNoLongerOpen()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var (ended, open) = (Sample.WithdrawalId("a"), Sample.WithdrawalId("b"));
        await store.CreateAsync(Sample.First(ended), Cancellation);
        await store.CreateAsync(Sample.First(open), Cancellation);
        var read = await store.LoadAsync(ended, Cancellation);
        await store.CommitAsync(read!, new CaseChange(read!.State.Ended(WithdrawalStatus.Rejected, RefusalCode.AmountZero, "x"), Sample.Event("ended")), Cancellation);
        Assert.Equal([open], await store.OpenAsync(Cancellation).Select(o => o.Id).ToListAsync(Cancellation));
        await store.CreateAsync(Sample.First(ended), Cancellation);
        Assert.Equal([open], await store.OpenAsync(Cancellation).Select(o => o.Id).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task CloseAsync_NotEnded_StaysOpen()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        await store.CreateAsync(Sample.First(id), Cancellation);
        await store.CloseAsync(id, Cancellation);
        Assert.Equal([id], await store.OpenAsync(Cancellation).Select(o => o.Id).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task RestAsync_UntilSomethingIsStoredForItsOrchestration_Rests()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        await store.CreateAsync(Sample.First(id) with { Next = Sample.State(id) with { Status = WithdrawalStatus.AwaitingApproval } }, Cancellation);
        var open = Assert.Single(await store.OpenAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal((id, (DateTimeOffset?)null, place.Time.GetUtcNow()), (open.Id, open.RestsUntil, open.TouchedAt));

        await store.RestAsync(open, Sample.Start.AddHours(1), "digest", Cancellation);
        var resting = Assert.Single(await store.OpenAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal((Sample.Start.AddHours(1), "digest", open.TouchedAt), (resting.RestsUntil, resting.RestsUnder, resting.TouchedAt));

        // A line of audit alone wakes nobody; a vote does, and before it is stored.
        var file = await store.LoadAsync(id, Cancellation);
        await store.CommitAsync(file!, new CaseChange(file!.State, Sample.Event("refused")), Cancellation);
        Assert.NotNull((await store.OpenAsync(Cancellation).SingleAsync(Cancellation)).RestsUntil);
        place.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(CommitOutcome.Conflict, await store.CommitAsync(file, new CaseChange(file.State, [Sample.Event("voted")], [new CaseDocument("vote-1", new byte[1])]), Cancellation));
        var woken = await store.OpenAsync(Cancellation).SingleAsync(Cancellation);
        Assert.Equal((null, place.Time.GetUtcNow()), (woken.RestsUntil, woken.TouchedAt));

        // Whoever looked before the vote does not let it rest after it.
        await store.RestAsync(resting, Sample.Start.AddHours(1), "digest", Cancellation);
        Assert.Null((await store.OpenAsync(Cancellation).SingleAsync(Cancellation)).RestsUntil);
    }

    [Fact]
    public async Task ListAsync_PagesNewestFirst_EachOnceAndOnlyTheClients()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var ids = Enumerable.Range(0, 40).Select(i => Sample.WithdrawalId($"{i}")).ToList();
        await Task.WhenAll(ids.Select((id, i) => store.CreateAsync(Sample.First(id, Sample.Start.AddSeconds(i / 2), i % 4 == 3 ? "other/client" : "exchange"), Cancellation)));

        var listed = new List<WithdrawalState>();
        string? continuation = null;
        do
        {
            var page = await store.ListAsync("exchange", null, 7, continuation, Cancellation);
            Assert.InRange(page.Items.Count, 0, 7);
            listed.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(30, listed.Select(s => s.Id).Distinct().Count());
        Assert.Equal(listed.OrderByDescending(s => s.CreatedAt).ThenBy(s => s.Id, StringComparer.Ordinal).Select(s => s.Id), listed.Select(s => s.Id));
        Assert.All(listed, s => Assert.Equal("exchange", s.ClientId));
        Assert.Equal(40, (await store.ListAsync(null, null, 100, null, Cancellation)).Items.Count);
        Assert.Equal(10, (await store.ListAsync("other/client", WithdrawalStatus.Received, 100, null, Cancellation)).Items.Count);
        Assert.Empty((await store.ListAsync("exchange", WithdrawalStatus.Settled, 100, null, Cancellation)).Items);
    }

    [Fact]
    public async Task AuditAsync_AfterTheRoundTrip_EveryHashIsTheSameAndTheChainHolds()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        var id = Sample.WithdrawalId("a");
        await BuildChainAsync(store, id);
        var read = await store.LoadAsync(id, Cancellation);
        var records = await store.AuditAsync(id, Cancellation);
        Assert.Equal(6, records.Count);
        Assert.Equal(AuditChain.Extend(id, 0, "", place.Time.GetUtcNow(), records.Select(r => r.Event)).Select(r => r.Hash()), records.Select(r => r.Hash()));
        Assert.Null(AuditChain.Problem(id, records, read!.State.AuditHead));
    }

    [Theory]
    [InlineData("change")]
    [InlineData("garble")]
    [InlineData("delete")]
    [InlineData("swap")]
    public async Task AuditAsync_AnyRecordTampered_IsFound(string how)
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Withdrawals;
        for (var victim = 1; victim <= 6; victim++)
        {
            var id = Sample.WithdrawalId($"{victim}");
            await BuildChainAsync(store, id);
            var head = (await store.LoadAsync(id, Cancellation))!.State.AuditHead;
            var table = place.Table("Withdrawals");
            var row = (await table.GetEntityAsync<Azure.Data.Tables.TableEntity>(id, $"audit-{victim:D8}", cancellationToken: Cancellation)).Value;
            var text = System.Text.Encoding.UTF8.GetString(row.GetBinary("Record")!);
            switch (how)
            {
                case "change":
                    row["Record"] = System.Text.Encoding.UTF8.GetBytes(text.Replace("\"actor\":\"exchange\"", "\"actor\":\"nobody\"", StringComparison.Ordinal));
                    break;
                case "garble":
                    row["Record"] = "{"u8.ToArray();
                    break;
                case "swap":
                    var other = (await table.GetEntityAsync<Azure.Data.Tables.TableEntity>(id, $"audit-{(victim % 6) + 1:D8}", cancellationToken: Cancellation)).Value;
                    row["Record"] = other.GetBinary("Record");
                    break;
                default:
                    await table.DeleteEntityAsync(id, row.RowKey, cancellationToken: Cancellation);
                    break;
            }

            if (how != "delete")
            {
                await table.UpdateEntityAsync(row, Azure.ETag.All, cancellationToken: Cancellation);
            }

            Assert.NotNull(AuditChain.Problem(id, await store.AuditAsync(id, Cancellation), head));
        }
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task CreateAsync_AnyRequestFails_RepeatedGivesOneFile(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var seconds = 0;
        await EveryFault.RunAsync(
            place,
            fault,
            (_, _) => Task.CompletedTask,
            async (s, id) => await s.Withdrawals.CreateAsync(Sample.First(id, Sample.Start.AddSeconds(seconds++)), Cancellation),
            async (s, id) =>
            {
                var read = await s.Withdrawals.LoadAsync(id, Cancellation);
                Assert.Null(AuditChain.Problem(id, await s.Withdrawals.AuditAsync(id, Cancellation), read!.State.AuditHead));
                Assert.Equal(1, read.State.AuditSequence);
                Assert.Single((await s.Withdrawals.ListAsync("exchange", null, 1000, null, Cancellation)).Items, i => i.Id == id);
                Assert.Contains(id, await s.Withdrawals.OpenAsync(Cancellation).Select(o => o.Id).ToListAsync(Cancellation));
            });
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task CommitAsync_AnyRequestFails_RepeatedEndsOnce(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        await EveryFault.RunAsync(
            place,
            fault,
            (s, id) => s.Withdrawals.CreateAsync(Sample.First(id), Cancellation),
            async (s, id) =>
            {
                var read = await s.Withdrawals.LoadAsync(id, Cancellation);
                if (read!.State.Status.IsEnd())
                {
                    await s.Withdrawals.CloseAsync(id, Cancellation);
                    return;
                }

                var change = new CaseChange(read.State.Ended(WithdrawalStatus.Rejected, RefusalCode.AmountZero, "x"), [Sample.Event("ended")], [new CaseDocument("vote", new byte[] { 1 })]);
                Assert.Equal(CommitOutcome.Committed, await s.Withdrawals.CommitAsync(read, change, Cancellation));
            },
            async (s, id) =>
            {
                var read = await s.Withdrawals.LoadAsync(id, Cancellation);
                Assert.Equal(WithdrawalStatus.Rejected, read!.State.Status);
                Assert.Equal(2, read.Documents.Count);
                Assert.Equal(2, (await s.Withdrawals.AuditAsync(id, Cancellation)).Count);
                Assert.Null(AuditChain.Problem(id, await s.Withdrawals.AuditAsync(id, Cancellation), read.State.AuditHead));
                Assert.DoesNotContain(id, await s.Withdrawals.OpenAsync(Cancellation).Select(o => o.Id).ToListAsync(Cancellation));
            });
    }

    private static async Task BuildChainAsync(Storage.Withdrawals.TableWithdrawalStore store, string id)
    {
        await store.CreateAsync(Sample.First(id), Cancellation);
        for (var i = 0; i < 5; i++)
        {
            var read = await store.LoadAsync(id, Cancellation);
            await store.CommitAsync(read!, new CaseChange(read!.State, Sample.Event($"step {i}")), Cancellation);
        }
    }
}
