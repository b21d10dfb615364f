using Custody.Core.Alerts;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

/// <summary>What each operation costs in requests, undisturbed; a change here changes what a withdrawal costs.</summary>
public sealed class RequestCountTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task EachOperation_Undisturbed_MakesThisManyRequests()
    {
        using var place = await Place.CreateAsync(azurite);
        var tap = new RequestTap();
        var s = place.Open(tap);
        var counts = new List<string>();
        async Task CountAsync(string what, Func<Task> act)
        {
            tap.Reset();
            await act();
            counts.Add($"{what} {tap.Count}");
        }

        var id = Sample.WithdrawalId("a");
        WithdrawalCase? read = null;
        var reservation = Sample.Reservation(id);
        var other = Sample.Reservation("other");
        var retail = Sample.Reservation("retail", 10, Sample.Window(Core.Policy.LimitScope.CustomerValue, "c") with { Amount = 7 }, Sample.Window(Core.Policy.LimitScope.Platform, "platform"), Sample.Window(Core.Policy.LimitScope.PlatformValue, "platform") with { Amount = 7 });
        var fact = SignedDocument.Of("{}"u8, ["x..y"]);
        var alert = Alert.About(AlertCode.SecondDigest, "s", "d", Sample.Start);
        var record = new SignedTransactionRecord(1, id, 1, "v1", "aa", "bb", "cc", "dd", "0xee", 7);
        await CountAsync("withdrawal create", () => s.Withdrawals.CreateAsync(Sample.First(id), Cancellation));
        await CountAsync("withdrawal load", async () => read = await s.Withdrawals.LoadAsync(id, Cancellation));
        await CountAsync("withdrawal commit", () => s.Withdrawals.CommitAsync(read!, new CaseChange(read!.State, [Sample.Event("x")], [new CaseDocument("d", new byte[9])]), Cancellation));
        await CountAsync("withdrawal commit conflict", () => s.Withdrawals.CommitAsync(read!, new CaseChange(read!.State, Sample.Event("x")), Cancellation));
        read = await s.Withdrawals.LoadAsync(id, Cancellation);
        await CountAsync("withdrawal commit end", () => s.Withdrawals.CommitAsync(read!, new CaseChange(read!.State.Ended(WithdrawalStatus.Rejected, RefusalCode.AmountZero, ""), Sample.Event("x")), Cancellation));
        await CountAsync("withdrawal audit", () => s.Withdrawals.AuditAsync(id, Cancellation));
        await CountAsync("withdrawal list of 1", () => s.Withdrawals.ListAsync(null, null, 10, null, Cancellation));
        await CountAsync("journal create", () => s.StopJournal.CreateAsync(Cancellation));
        await CountAsync("journal first read", () => s.StopJournal.ReadAsync(Cancellation));
        await CountAsync("journal read", () => s.StopJournal.ReadAsync(Cancellation));
        await CountAsync("journal append", () => s.StopJournal.AppendAsync(_ => Sample.Frozen("v"), Cancellation));
        await CountAsync("nonce take", () => s.Nonces.TakeAsync(Sample.Chain, Sample.Account, id, 0, 16, Cancellation));
        await CountAsync("nonce take again", () => s.Nonces.TakeAsync(Sample.Chain, Sample.Account, id, 0, 16, Cancellation));
        await CountAsync("nonce release", () => s.Nonces.ReleaseAsync(Sample.Chain, Sample.Account, id, Cancellation));
        await CountAsync("reserve in 3 windows", () => s.Reservations.ReserveAsync(reservation, 1000, Sample.Start, Cancellation));
        await s.Reservations.ReserveAsync(other, 1000, Sample.Start, Cancellation);
        await CountAsync("reserve for retail", () => s.Reservations.ReserveAsync(retail, 1000, Sample.Start, Cancellation));
        await CountAsync("reserve again", () => s.Reservations.ReserveAsync(reservation, 1000, Sample.Start, Cancellation));
        await CountAsync("refuse to reserve", () => s.Reservations.ReserveAsync(Sample.Reservation("much", 1001), 1000, Sample.Start, Cancellation));
        await CountAsync("release of 3 windows", () => s.Reservations.ReleaseAsync(other, Cancellation));
        await CountAsync("settle in 3 windows", () => s.Reservations.SettleAsync(reservation, isPaid: true, 1, "0x1", Sample.Start, Cancellation));
        await CountAsync("settle for retail", () => s.Reservations.SettleAsync(retail, isPaid: true, 1, "0x1", Sample.Start, Cancellation));
        await CountAsync("audit append", () => s.Audit.AppendAsync("x", [Sample.Event("x")], Cancellation));
        await CountAsync("alert raise", () => s.Alerts.RaiseAsync(alert, Cancellation));
        await CountAsync("alert raise again", () => s.Alerts.RaiseAsync(alert, Cancellation));
        await CountAsync("fact write", () => s.Facts.WriteAsync(FactKind.Customer, "c", fact, Cancellation));
        await CountAsync("fact read", () => s.Facts.ReadAsync(FactKind.Customer, "c", Cancellation));
        await CountAsync("signed write", () => s.SignedTransactions.WriteAsync(record, Cancellation));
        await CountAsync("signed of 1", () => s.SignedTransactions.OfAsync(id, Cancellation));
        await CountAsync("transaction add", () => s.Transactions.AddAsync(Sample.Chain, "0x1", id, Cancellation));
        await CountAsync("token use", () => s.TokenUses.UseAsync("k", "j", Sample.Start, Cancellation));
        await CountAsync("cursor save", () => s.Watch.SaveCursorAsync(Sample.Chain, new WatchCursor(new byte[1], null), Cancellation));

        Assert.Equal(
            [
                "withdrawal create 4", "withdrawal load 1", "withdrawal commit 1", "withdrawal commit conflict 2", "withdrawal commit end 2", "withdrawal audit 1",
                "withdrawal list of 1 2", "journal create 2", "journal first read 1", "journal read 1", "journal append 1", "nonce take 3", "nonce take again 1",
                "nonce release 3", "reserve in 3 windows 2", "reserve for retail 4", "reserve again 3", "refuse to reserve 2",
                "release of 3 windows 3", "settle in 3 windows 3", "settle for retail 6", "audit append 2", "alert raise 3", "alert raise again 1",
                "fact write 1", "fact read 1", "signed write 1", "signed of 1 2", "transaction add 1", "token use 1", "cursor save 1",
            ],
            counts);
    }
}
