using Custody.Core.Alerts;
using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Audit;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

/// <summary>Stores of a few lines each.</summary>
public sealed class SmallStoresTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task AuditAppendAsync_ManyInParallel_OneChainHolds()
    {
        using var place = await Place.CreateAsync(azurite);
        var processes = new[] { place.Open().Audit, place.Open().Audit };
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => processes[i % 2].AppendAsync("vault/v 1", [Sample.Event($"{i}a"), Sample.Event($"{i}b")], Cancellation)));
        var records = await processes[0].ReadAsync("vault/v 1", Cancellation);
        Assert.Equal(60, records.Count);
        Assert.Null(AuditChain.Problem("vault/v 1", records, await processes[0].HeadAsync("vault/v 1", Cancellation)));
        Assert.Empty(await processes[0].ReadAsync("vault/v 2", Cancellation));
    }

    [Fact]
    public async Task AuditAppendAsync_MoreThanABatch_OneChainHolds()
    {
        using var place = await Place.CreateAsync(azurite);
        var audit = place.Open().Audit;
        await audit.AppendAsync("x", [.. Enumerable.Range(0, 200).Select(i => Sample.Event($"{i}"))], Cancellation);
        Assert.Null(AuditChain.Problem("x", await audit.ReadAsync("x", Cancellation), await audit.HeadAsync("x", Cancellation)));
        Assert.Equal(200, (await audit.ReadAsync("x", Cancellation)).Count);
    }

    [Theory]
    [InlineData(Fault.NotSent, 1)]
    [InlineData(Fault.AnswerLost, 1)]
    [InlineData(Fault.CrashBefore, 2)]
    [InlineData(Fault.CrashAfter, 2)]
    public async Task AuditAppendAsync_AnyRequestFails_TheChainHolds(Fault fault, int mostTellings)
    {
        using var place = await Place.CreateAsync(azurite);
        await EveryFault.RunAsync(
            place,
            fault,
            (_, _) => Task.CompletedTask,
            (s, id) => s.Audit.AppendAsync(id, [Sample.Event("x")], Cancellation),
            async (s, id) =>
            {
                var records = await s.Audit.ReadAsync(id, Cancellation);

                // The helper itself runs the operation twice.
                Assert.InRange(records.Count, 1, 1 + mostTellings);
                Assert.Null(AuditChain.Problem(id, records, await s.Audit.HeadAsync(id, Cancellation)));
            });
    }

    [Fact]
    public async Task AlertListAsync_AcrossDays_NewestFirstAndEachOnce()
    {
        using var place = await Place.CreateAsync(azurite);
        var alerts = place.Open().Alerts;
        for (var i = 0; i < 40; i++)
        {
            Assert.True(await alerts.RaiseAsync(Alert.About(AlertCode.JournalBroken, $"s{i}", $"detail {i}", Sample.Start.AddHours(5 * i)), Cancellation));
            Assert.False(await alerts.RaiseAsync(Alert.About(AlertCode.JournalBroken, $"s{i}", "again", Sample.Start.AddHours((5 * i) + 1)), Cancellation));
        }

        var listed = await alerts.ListAsync(25, AlertChannel.Operations, Cancellation);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"s{39 - i}"), listed.Select(a => a.Subject));
        Assert.Equal(Alert.About(AlertCode.JournalBroken, "s39", "detail 39", Sample.Start.AddHours(5 * 39)), listed[0]);
        Assert.Equal(40, (await alerts.ListAsync(100, AlertChannel.Operations, Cancellation)).Count);

        // The SOC's alert is not even one of the newest for anybody else.
        await alerts.RaiseAsync(Alert.About(AlertCode.Duress, "w-forced", "x", Sample.Start.AddYears(1)), Cancellation);
        Assert.Equal(listed.Select(l => l.DedupeKey), (await alerts.ListAsync(25, AlertChannel.Operations, Cancellation)).Select(l => l.DedupeKey));
        Assert.Empty(await alerts.ListAsync(25, AlertChannel.Unknown, Cancellation));
        Assert.Equal("w-forced", (await alerts.ListAsync(25, AlertChannel.Soc, Cancellation))[0].Subject);
        var row = await place.Table("Alerts").QueryAsync<Azure.Data.Tables.TableEntity>(r => r.RowKey == "alert", cancellationToken: Cancellation).FirstAsync(Cancellation);
        Assert.Equal("P1", row.GetString("Severity"));
        Assert.Equal("docs/runbooks/journal-broken.md", row.GetString("Runbook"));
        Assert.False(row.GetBoolean("Delivered"));
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task AlertRaiseAsync_AnyRequestFails_RepeatedIsListedOnce(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var minutes = 0;
        await EveryFault.RunAsync(
            place,
            fault,
            (_, _) => Task.CompletedTask,
            (s, id) => s.Alerts.RaiseAsync(Alert.About(AlertCode.SecondDigest, id, "x", Sample.Start.AddMinutes(minutes++)), Cancellation),
            async (s, id) => Assert.Single(await s.Alerts.ListAsync(1000, AlertChannel.Operations, Cancellation), a => a.Subject == id));
    }

    [Fact]
    public async Task FactListAsync_WithoutAPrefix_GivesEveryOneOfTheKindAndNoOther()
    {
        using var place = await Place.CreateAsync(azurite);
        var facts = place.Open().Facts;
        foreach (var (kind, id) in ((FactKind, string)[])[(FactKind.SanctionsList, "a"), (FactKind.SanctionsList, "b:1"), (FactKind.SanctionsListHalf, "c")])
        {
            await facts.WriteAsync(kind, id, SignedDocument.Of(System.Text.Encoding.UTF8.GetBytes(id), ["x..y"]), Cancellation);
        }

        Assert.Equal(["a", "b:1"], (await facts.ListAsync(FactKind.SanctionsList, "", Cancellation)).Select(d => System.Text.Encoding.UTF8.GetString(d.PayloadBytes())).Order(StringComparer.Ordinal));
        Assert.Single(await facts.ListAsync(FactKind.SanctionsList, "b", Cancellation));
    }

    [Fact]
    public async Task FactWriteAsync_OnceForEachId_TheSameAgainIsNoConflict()
    {
        using var place = await Place.CreateAsync(azurite);
        var facts = place.Open().Facts;
        var (first, second) = (SignedDocument.Of("{\"a\":1}"u8, ["x..y"]), SignedDocument.Of("{\"a\":2}"u8, ["x..y"]));
        Assert.Equal(CommitOutcome.Committed, await facts.WriteAsync(FactKind.Customer, "c:1", first, Cancellation));
        Assert.Equal(CommitOutcome.Committed, await facts.WriteAsync(FactKind.Customer, "c:1", first, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await facts.WriteAsync(FactKind.Customer, "c:1", second, Cancellation));
        Assert.Equal(CommitOutcome.Committed, await facts.WriteAsync(FactKind.WhitelistEntry, "c:1", second, Cancellation));
        Assert.Equal(first.ToBytes(), (await facts.ReadAsync(FactKind.Customer, "c:1", Cancellation))!.ToBytes());
        Assert.Null(await facts.ReadAsync(FactKind.Customer, "c:2", Cancellation));
        Assert.Null(await facts.ReadAsync(FactKind.Customer, "../customer/c~3A1", Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\u0000\u0001")]
    public async Task FactReadAsync_Damaged_IsNull(string content)
    {
        using var place = await Place.CreateAsync(azurite);
        await place.PipelineContainer("facts").UploadBlobAsync("governance/00000001.json", BinaryData.FromString(content), Cancellation);
        Assert.Null(await place.Open().Facts.ReadAsync(FactKind.Governance, FactId.Governance(1), Cancellation));
    }

    [Fact]
    public async Task SignedTransactionWriteAsync_OncePerSighash_AndDamageIsNotAbsence()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().SignedTransactions;
        var record = new SignedTransactionRecord(1, "w1", 1, "v1", "aa", "bb", "cc", "dd", "0xee", 7);
        Assert.Equal(CommitOutcome.Committed, await store.WriteAsync(record, Cancellation));
        Assert.Equal(CommitOutcome.Committed, await store.WriteAsync(record, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await store.WriteAsync(record with { Signed = "ff" }, Cancellation));
        await store.WriteAsync(record with { Sighash = "b2" }, Cancellation);
        Assert.Equal(record, await store.ReadAsync("w1", "bb", Cancellation));
        Assert.Null(await store.ReadAsync("w1", "b3", Cancellation));
        Assert.Equal(["b2", "bb"], (await store.OfAsync("w1", Cancellation)).Select(r => r.Sighash));
        Assert.Empty(await store.OfAsync("w", Cancellation));

        var moved = await place.JournalContainer("signed").GetBlobClient("w1/bb.json").DownloadContentAsync(Cancellation);
        await place.JournalContainer("signed").UploadBlobAsync("w2/bb.json", moved.Value.Content, Cancellation);
        await place.JournalContainer("signed").UploadBlobAsync("w3/bb.json", BinaryData.FromString("{}"), Cancellation);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.ReadAsync("w2", "bb", Cancellation));
        await Assert.ThrowsAsync<InvalidDataException>(() => store.OfAsync("w3", Cancellation));
    }

    [Fact]
    public async Task TransactionAddAsync_ForAnotherWithdrawal_Throws()
    {
        using var place = await Place.CreateAsync(azurite);
        var index = place.Open().Transactions;
        await index.AddAsync(Sample.Chain, "0x1", "w1", Cancellation);
        await index.AddAsync(Sample.Chain, "0x1", "w1", Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => index.AddAsync(Sample.Chain, "0x1", "w2", Cancellation));
        Assert.Equal("w1", await index.FindAsync(Sample.Chain, "0x1", Cancellation));
        Assert.Null(await index.FindAsync(Core.Assets.ChainId.Parse("eip155:1"), "0x1", Cancellation));
    }

    [Fact]
    public async Task TokenUseAsync_Twice_IsAConflictUntilLongAfterItExpired()
    {
        using var place = await Place.CreateAsync(azurite);
        var tokens = place.Open().TokenUses;
        Assert.Equal(CommitOutcome.Committed, await tokens.UseAsync("k", "j/1", Sample.Start, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await tokens.UseAsync("k", "j/1", Sample.Start, Cancellation));
        Assert.Equal(CommitOutcome.Committed, await tokens.UseAsync("k2", "j/1", Sample.Start.AddHours(1), Cancellation));
        Assert.Equal(0, await tokens.PurgeAsync(Sample.Start.AddHours(1), Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await tokens.UseAsync("k", "j/1", Sample.Start, Cancellation));
        Assert.Equal(1, await tokens.PurgeAsync(Sample.Start.AddHours(1).AddSeconds(1), Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await tokens.UseAsync("k2", "j/1", Sample.Start, Cancellation));
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    public async Task TokenUseAsync_AnswerLostOnce_TheFirstUseStillCounts(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var tap = new RequestTap();
        tap.Choose(1, fault);
        Assert.Equal(CommitOutcome.Committed, await place.Open(tap).TokenUses.UseAsync("k", "j", Sample.Start, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await place.Open().TokenUses.UseAsync("k", "j", Sample.Start, Cancellation));
    }

    [Fact]
    public async Task CounterUseAsync_OnlyUpwardsAndTheSameUseAgain()
    {
        using var place = await Place.CreateAsync(azurite);
        var counters = place.Open().AuthenticatorCounters;
        Assert.True((await counters.UseAsync(new AssertionUse("credential", 7, "a"), Cancellation)).IsAllowed);
        Assert.True((await counters.UseAsync(new AssertionUse("credential", 7, "a"), Cancellation)).IsAllowed);
        Assert.Equal(RefusalCode.WebAuthnCounterBack, (await counters.UseAsync(new AssertionUse("credential", 7, "b"), Cancellation)).Code);
        Assert.Equal(RefusalCode.WebAuthnCounterBack, (await counters.UseAsync(new AssertionUse("credential", 0, "b"), Cancellation)).Code);
        Assert.True((await counters.UseAsync(new AssertionUse("credential", uint.MaxValue, "b"), Cancellation)).IsAllowed);
        Assert.Equal(RefusalCode.WebAuthnCounterBack, (await counters.UseAsync(new AssertionUse("credential", 7, "a"), Cancellation)).Code);
        Assert.True((await counters.UseAsync(new AssertionUse("another", 0, "a"), Cancellation)).IsAllowed);
        Assert.True((await counters.UseAsync(new AssertionUse("another", 0, "b"), Cancellation)).IsAllowed);
    }

    // Of uses that come at once in any order, the ones that are taken grow, and the highest is always among them.
    [Fact]
    public async Task CounterUseAsync_ManyAtOnce_EachCountsOnceAndTheHighestStays()
    {
        using var place = await Place.CreateAsync(azurite);
        var counters = place.Open().AuthenticatorCounters;
        var verdicts = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => counters.UseAsync(new AssertionUse("credential", (uint)(1 + (i * 5 % 12)), $"{i}"), Cancellation)));
        Assert.Contains(verdicts, v => v.IsAllowed);
        Assert.Equal(RefusalCode.WebAuthnCounterBack, (await counters.UseAsync(new AssertionUse("credential", 12, "again"), Cancellation)).Code);
        Assert.True((await counters.UseAsync(new AssertionUse("credential", 13, "next"), Cancellation)).IsAllowed);
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    public async Task CounterUseAsync_AnswerLostOnce_IsStillAllowed(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var tap = new RequestTap();
        tap.Choose(2, fault);
        Assert.True((await place.Open(tap).AuthenticatorCounters.UseAsync(new AssertionUse("credential", 7, "a"), Cancellation)).IsAllowed);
        Assert.Equal(RefusalCode.WebAuthnCounterBack, (await place.Open().AuthenticatorCounters.UseAsync(new AssertionUse("credential", 7, "b"), Cancellation)).Code);
    }

    [Fact]
    public async Task WatchSaveCursorAsync_MovedByAnotherRun_IsAConflict()
    {
        using var place = await Place.CreateAsync(azurite);
        var watch = place.Open().Watch;
        Assert.Null(await watch.LoadCursorAsync(Sample.Chain, Cancellation));
        Assert.Equal(CommitOutcome.Committed, await watch.SaveCursorAsync(Sample.Chain, new WatchCursor(new byte[] { 1 }, null), Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await watch.SaveCursorAsync(Sample.Chain, new WatchCursor(new byte[] { 1 }, null), Cancellation));
        var cursor = await watch.LoadCursorAsync(Sample.Chain, Cancellation);
        Assert.Equal([1], cursor!.Content.ToArray());
        Assert.Equal(CommitOutcome.Committed, await watch.SaveCursorAsync(Sample.Chain, cursor with { Content = new byte[] { 2 } }, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await watch.SaveCursorAsync(Sample.Chain, cursor with { Content = new byte[] { 3 } }, Cancellation));
        Assert.Equal([2], (await watch.LoadCursorAsync(Sample.Chain, Cancellation))!.Content.ToArray());
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    public async Task WatchSaveCursorAsync_AnswerLostOnce_IsCommitted(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var tap = new RequestTap();
        tap.Choose(1, fault);
        Assert.Equal(CommitOutcome.Committed, await place.Open(tap).Watch.SaveCursorAsync(Sample.Chain, new WatchCursor(new byte[] { 1 }, null), Cancellation));
    }

    [Fact]
    public async Task WatchPendingAsync_ARangeOfHeights_LowestFirst()
    {
        using var place = await Place.CreateAsync(azurite);
        var watch = place.Open().Watch;
        var pending = new ulong[] { 100, 9, 11, 10, 10 }.Select((height, i) => new PendingConfirmation(height, "0xb", $"0x{i}", $"w{i}")).ToList();
        foreach (var one in pending.Concat(pending))
        {
            await watch.AddPendingAsync(Sample.Chain, one, Cancellation);
        }

        await watch.SaveCursorAsync(Sample.Chain, new WatchCursor(new byte[] { 1 }, null), Cancellation);
        Assert.Equal(["w1", "w3", "w4", "w2"], await watch.PendingAsync(Sample.Chain, 0, 11, Cancellation).Select(p => p.WithdrawalId).ToListAsync(Cancellation));
        Assert.Equal(pending[0], await watch.PendingAsync(Sample.Chain, 12, ulong.MaxValue, Cancellation).SingleAsync(Cancellation));
        await watch.RemovePendingAsync(Sample.Chain, pending[3], Cancellation);
        await watch.RemovePendingAsync(Sample.Chain, pending[3], Cancellation);
        Assert.Equal(["w4"], await watch.PendingAsync(Sample.Chain, 10, 10, Cancellation).Select(p => p.WithdrawalId).ToListAsync(Cancellation));
    }
}
