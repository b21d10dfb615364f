using Custody.Core.Maintenance;
using Custody.Core.Withdrawals;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class TableUpkeepStoreTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset At = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly UpkeepFile File = UpkeepFile.Of(new UpkeepOrder("hot-1", Sample.Chain, Sample.Account.ToString(), 6, 5, 7), At) with { Statements = ["a.b.c"] };

    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task SaveAsync_InsertsOnceAndReplacesOnlyWhatWasRead()
    {
        using var place = await Place.CreateAsync(azurite);
        var fills = place.Open().Upkeep;
        Assert.Null(await fills.LoadAsync(File.Id, Cancellation));
        Assert.Equal(CommitOutcome.Committed, await fills.SaveAsync(File, null, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await fills.SaveAsync(File, null, Cancellation));

        var read = (await place.Open().Upkeep.LoadAsync(File.Id, Cancellation))!;
        Assert.Equivalent(File, read.File);
        Assert.Equal(CommitOutcome.Committed, await fills.SaveAsync(read.File with { Status = UpkeepStatus.Approved }, read.Version, Cancellation));
        Assert.Equal(CommitOutcome.Conflict, await fills.SaveAsync(read.File with { Status = UpkeepStatus.Refused }, read.Version, Cancellation));
        Assert.Equal(UpkeepStatus.Approved, (await fills.LoadAsync(File.Id, Cancellation))!.File.Status);
    }

    [Fact]
    public async Task ListAsync_Open_LeavesOutWhatEnded()
    {
        using var place = await Place.CreateAsync(azurite);
        var fills = place.Open().Upkeep;
        foreach (var status in Enum.GetValues<UpkeepStatus>().Where(s => s != UpkeepStatus.Unknown))
        {
            var order = File.Order with { Nonce = (ulong)status };
            await fills.SaveAsync(UpkeepFile.Of(order, At.AddMinutes((int)status)) with { Status = status }, null, Cancellation);
        }

        Assert.Equal(8, (await fills.ListAsync(open: false, 100, Cancellation)).Count);
        Assert.Equal(2, (await fills.ListAsync(open: false, 2, Cancellation)).Count);
        Assert.Equal(
            [UpkeepStatus.Sent, UpkeepStatus.Compared, UpkeepStatus.Signed, UpkeepStatus.Approved, UpkeepStatus.Proposed],
            (await fills.ListAsync(open: true, 100, Cancellation)).Select(f => f.File.Status));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("another order")]
    [InlineData("a withdrawal")]
    public async Task LoadAsync_DamagedByHand_Throws(string content)
    {
        using var place = await Place.CreateAsync(azurite);
        var fills = place.Open().Upkeep;
        await fills.SaveAsync(File, null, Cancellation);
        var row = (await place.Table("Maintenance").QueryAsync<Azure.Data.Tables.TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation))[0];
        var text = row.GetString("Content");
        row["Content"] = content == "another order" ? text.Replace("\"nonce\":6", "\"nonce\":7", StringComparison.Ordinal)
            : content == "a withdrawal" ? text.Replace(File.Id, "w0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
            : content;
        await place.Table("Maintenance").UpdateEntityAsync(row, row.ETag, Azure.Data.Tables.TableUpdateMode.Replace, Cancellation);

        await Assert.ThrowsAsync<InvalidDataException>(() => fills.LoadAsync(File.Id, Cancellation));
    }
}
