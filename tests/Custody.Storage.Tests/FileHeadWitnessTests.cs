using Custody.Core.Journals;
using Custody.Storage.Journals;
using Custody.Testing;

namespace Custody.Storage.Tests;

public sealed class FileHeadWitnessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_NeverWitnessed_IsNull() => Assert.Null(await New().ReadAsync("stop", Cancellation));

    [Fact]
    public async Task AdvanceAsync_IsReadByAnotherProcess_AndNeverGoesBack()
    {
        await New().AdvanceAsync("signing/v1", new JournalHead(5, "aa"), Cancellation);
        await New().AdvanceAsync("signing/v1", new JournalHead(4, "bb"), Cancellation);
        await New().AdvanceAsync("signing/v2", new JournalHead(1, "cc"), Cancellation);
        Assert.Equal(new JournalHead(5, "aa"), await New().ReadAsync("signing/v1", Cancellation));
        Assert.Equal(new JournalHead(1, "cc"), await New().ReadAsync("signing/v2", Cancellation));
    }

    [Fact]
    public async Task AdvanceAsync_AnotherLineAtTheSamePlace_Throws()
    {
        await New().AdvanceAsync("stop", new JournalHead(5, "aa"), Cancellation);
        await Assert.ThrowsAsync<JournalBrokenException>(() => New().AdvanceAsync("stop", new JournalHead(5, "bb"), Cancellation));
    }

    [Fact]
    public async Task AcceptAsync_ExactlyWhatIsKnown_GoesBack_AndNothingElse()
    {
        var (known, accepted) = (new JournalHead(5, "aa"), new JournalHead(3, "bb"));
        await New().AdvanceAsync("stop", known, Cancellation);
        await Assert.ThrowsAsync<JournalBrokenException>(() => New().AcceptAsync("stop", new JournalHead(4, "aa"), accepted, Cancellation));
        await Assert.ThrowsAsync<JournalBrokenException>(() => New().AcceptAsync("stop", null, accepted, Cancellation));

        await New().AcceptAsync("stop", known, accepted, Cancellation);
        await New().AcceptAsync("stop", known, accepted, Cancellation);
        await New().AcceptAsync("signing/v1", null, new JournalHead(0, "cc"), Cancellation);

        Assert.Equal(accepted, await New().ReadAsync("stop", Cancellation));
        Assert.Equal(new JournalHead(0, "cc"), await New().ReadAsync("signing/v1", Cancellation));
    }

    [Fact]
    public async Task ReadAsync_DamagedOrMovedFile_Throws()
    {
        await New().AdvanceAsync("stop", new JournalHead(5, "aa"), Cancellation);
        File.Copy(_folder.Of("stop.head"), _folder.Of("other.head"));
        await Assert.ThrowsAsync<JournalBrokenException>(() => New().ReadAsync("other", Cancellation));
        await File.WriteAllTextAsync(_folder.Of("stop.head"), "", Cancellation);
        await Assert.ThrowsAsync<JournalBrokenException>(() => New().ReadAsync("stop", Cancellation));
    }

    [Fact]
    public async Task AdvanceAsync_ManyInParallel_KeepsTheFurthest()
    {
        var witness = New();
        await Parallel.ForAsync(0, 200, Cancellation, async (i, token) => await witness.AdvanceAsync("stop", new JournalHead(i, $"{i}"), token));
        Assert.Equal(new JournalHead(199, "199"), await witness.ReadAsync("stop", Cancellation));
    }

    private FileHeadWitness New() => new(_folder.Path);
}
