using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Custody.Core.Journals;
using Custody.Core.Withdrawals;
using Custody.Storage.Journals;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class StopJournalTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task ReadAsync_NeverCreated_NamesInit_AndWorksOnceItExists()
    {
        using var place = await Place.CreateAsync(azurite);
        var journal = place.Open().StopJournal;
        var broken = await Assert.ThrowsAsync<JournalBrokenException>(() => journal.ReadAsync(Cancellation));
        Assert.Contains("custody init", broken.Message, StringComparison.Ordinal);
        Assert.Equal(CommitOutcome.Committed, await place.Open().StopJournal.CreateAsync(Cancellation));
        Assert.Equal(0, (await journal.ReadAsync(Cancellation)).Head.Sequence);
    }

    [Fact]
    public async Task CreateAsync_Exists_IsAConflict()
    {
        using var place = await Place.CreateAsync(azurite);
        Assert.Equal(CommitOutcome.Committed, await place.Open().StopJournal.CreateAsync(Cancellation));
        place.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(CommitOutcome.Conflict, await place.Open().StopJournal.CreateAsync(Cancellation));
        Directory.Delete(place.WitnessFolder, recursive: true);
        Assert.Equal(CommitOutcome.Conflict, await place.Open().StopJournal.CreateAsync(Cancellation));
    }

    [Fact]
    public async Task CreateAsync_BlobRemovedAfterItWasWitnessed_Refuses()
    {
        using var place = await Place.CreateAsync(azurite);
        await place.Open().StopJournal.CreateAsync(Cancellation);
        await Segment(place).DeleteAsync(cancellationToken: Cancellation);
        await Assert.ThrowsAsync<JournalBrokenException>(() => place.Open().StopJournal.CreateAsync(Cancellation));
    }

    [Fact]
    public async Task CreateAsync_ACrashLeftAnEmptyBlob_CompletesIt()
    {
        using var place = await Place.CreateAsync(azurite);
        await Segment(place).CreateAsync(cancellationToken: Cancellation);
        await Assert.ThrowsAsync<JournalBrokenException>(() => place.Open().StopJournal.ReadAsync(Cancellation));
        Assert.Equal(CommitOutcome.Committed, await place.Open().StopJournal.CreateAsync(Cancellation));
        Assert.Equal(0, (await place.Open().StopJournal.ReadAsync(Cancellation)).Head.Sequence);
    }

    [Fact]
    public async Task ReadAsync_AnotherTrustRoot_Refuses()
    {
        using var place = await Place.CreateAsync(azurite);
        await place.Open().StopJournal.CreateAsync(Cancellation);
        var other = place.Open(trustRoot: new string('e', 64)).StopJournal;
        await Assert.ThrowsAsync<JournalBrokenException>(() => other.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task AppendAsync_EveryKind_IsReadBackByAnotherProcess()
    {
        using var place = await Place.CreateAsync(azurite);
        var journal = await CreatedAsync(place);
        await journal.AppendAsync(_ => new StopFact(StopKind.AttemptBurnt, "w1", "burnt", Attempt: 2), Cancellation);
        await journal.AppendAsync(_ => new StopFact(StopKind.GovernanceInForce, "3", "new", Digest: "abc"), Cancellation);
        var mine = await journal.AppendAsync(_ => Sample.Frozen("v1"), Cancellation);

        var theirs = await place.Open().StopJournal.ReadAsync(Cancellation);

        Assert.Equal(mine.Head, theirs.Head);
        Assert.Equal(3, theirs.Head.Sequence);
        Assert.True(theirs.View.IsBurnt("w1", 2));
        Assert.Equal(3, theirs.View.GovernanceVersion);
        var freeze = theirs.View.FreezeOn("v1", "c");
        Assert.Equal(Sample.Start, freeze!.At);
        Assert.Equal(["a.b.c"], freeze.Evidence);
    }

    [Fact]
    public async Task AppendAsync_NothingDecided_AppendsNothing()
    {
        using var place = await Place.CreateAsync(azurite);
        var journal = await CreatedAsync(place);
        Assert.Equal(0, (await journal.AppendAsync(_ => null, Cancellation)).Head.Sequence);
    }

    [Fact]
    public async Task AppendAsync_TwoProcessesManyCallers_EveryLineOnceAndTheChainHolds()
    {
        using var place = await Place.CreateAsync(azurite);
        var one = await CreatedAsync(place, linesInASegment: 7);
        var two = place.Open(witness: new FileHeadWitness(place.WitnessFolder), linesInASegment: 7).StopJournal;
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => (i % 2 == 0 ? one : two).AppendAsync(_ => Sample.Frozen($"v{i}"), Cancellation)));

        var read = await place.Open(linesInASegment: 7).StopJournal.ReadAsync(Cancellation);

        Assert.Equal(30, read.Head.Sequence);
        Assert.Equal(30, read.View.FreezesInForce.Count);
        Assert.Equal(read.Head, (await one.ReadAsync(Cancellation)).Head);
        Assert.Equal(read.Head, (await two.VerifyAsync(Cancellation)).Head);
        var blobs = await place.JournalContainer("journals").GetBlobsAsync(cancellationToken: Cancellation).Select(b => b.Name).ToListAsync(Cancellation);
        Assert.Equal(["stop/000000", "stop/000001", "stop/000002", "stop/000003", "stop/000004"], blobs);
    }

    [Fact]
    public async Task AppendAsync_DecidesAgainOnWhatOthersWrote()
    {
        using var place = await Place.CreateAsync(azurite);
        var one = await CreatedAsync(place);
        var two = place.Open().StopJournal;
        await two.ReadAsync(Cancellation);
        StopFact? Once(JournalReading<StopView> reading) => reading.View.FreezeOn("v1", "c") is null ? Sample.Frozen("v1") : null;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? one : two).AppendAsync(Once, Cancellation)));
        Assert.Equal(1, (await one.ReadAsync(Cancellation)).Head.Sequence);
    }

    [Fact]
    public async Task ReadAsync_NothingNew_IsOneRequest()
    {
        using var place = await Place.CreateAsync(azurite);
        await CreatedAsync(place);
        var tap = new RequestTap();
        var journal = place.Open(tap).StopJournal;
        await journal.AppendAsync(_ => Sample.Frozen("v1"), Cancellation);
        tap.Reset();
        await journal.ReadAsync(Cancellation);
        Assert.Equal(1, tap.Count);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("truncate")]
    [InlineData("empty")]
    [InlineData("edit-first")]
    [InlineData("edit-last")]
    [InlineData("replace")]
    [InlineData("half-line")]
    [InlineData("foreign-line")]
    [InlineData("second-genesis")]
    public async Task ReadAsync_JournalTampered_EveryProcessRefusesAndStaysRefusing(string how)
    {
        using var place = await Place.CreateAsync(azurite);
        var running = await CreatedAsync(place);
        for (var i = 0; i < 3; i++)
        {
            await running.AppendAsync(_ => Sample.Frozen($"v{i}"), Cancellation);
        }

        var before = await ContentAsync(place);
        await TamperAsync(place, how, before);
        await Assert.ThrowsAsync<JournalBrokenException>(() => running.ReadAsync(Cancellation));
        var restarted = place.Open().StopJournal;
        await Assert.ThrowsAsync<JournalBrokenException>(() => restarted.ReadAsync(Cancellation));
        await Assert.ThrowsAsync<JournalBrokenException>(() => restarted.AppendAsync(_ => Sample.Frozen("v9"), Cancellation));

        // Put back as it was: who has seen it broken refuses until it is started again.
        await RewriteAsync(place, before);
        await Assert.ThrowsAsync<JournalBrokenException>(() => running.ReadAsync(Cancellation));
        await Assert.ThrowsAsync<JournalBrokenException>(() => restarted.ReadAsync(Cancellation));
        Assert.Equal(3, (await place.Open().StopJournal.ReadAsync(Cancellation)).Head.Sequence);
    }

    [Fact]
    public async Task AppendAsync_JournalReplacedByAShorterOne_IsRefusedWithoutWriting()
    {
        using var place = await Place.CreateAsync(azurite);
        var running = await CreatedAsync(place);
        await running.AppendAsync(_ => Sample.Frozen("v1"), Cancellation);
        var lines = await ContentAsync(place);
        await RewriteAsync(place, lines[..(lines.IndexOf('\n', StringComparison.Ordinal) + 1)]);
        await Assert.ThrowsAsync<JournalBrokenException>(() => running.AppendAsync(_ => Sample.Frozen("v2"), Cancellation));
        Assert.DoesNotContain("v2", await ContentAsync(place), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_RewrittenWithTheSameLines_IsAccepted()
    {
        using var place = await Place.CreateAsync(azurite);
        var running = await CreatedAsync(place);
        await running.AppendAsync(_ => Sample.Frozen("v1"), Cancellation);
        await RewriteAsync(place, await ContentAsync(place));
        Assert.Equal(1, (await running.ReadAsync(Cancellation)).Head.Sequence);
        Assert.Equal(2, (await running.AppendAsync(_ => Sample.Frozen("v2"), Cancellation)).Head.Sequence);
    }

    [Fact]
    public async Task ReadAsync_PrefixEditedAndGrown_TheRunningProcessRefuses()
    {
        using var place = await Place.CreateAsync(azurite);
        var running = await CreatedAsync(place);
        await running.AppendAsync(_ => Sample.Frozen("v1"), Cancellation);
        var other = place.Open().StopJournal;
        await other.AppendAsync(_ => Sample.Frozen("v2"), Cancellation);

        // A blob's time of creation has whole seconds.
        await Task.Delay(1100, Cancellation);
        await RewriteAsync(place, (await ContentAsync(place)).Replace("because", "becausf", StringComparison.Ordinal));
        await Assert.ThrowsAsync<JournalBrokenException>(() => running.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task VerifyAsync_FullSegmentEdited_Refuses()
    {
        using var place = await Place.CreateAsync(azurite);
        var running = await CreatedAsync(place, linesInASegment: 2);
        for (var i = 0; i < 4; i++)
        {
            await running.AppendAsync(_ => Sample.Frozen($"v{i}"), Cancellation);
        }

        await RewriteAsync(place, (await ContentAsync(place)).Replace("because", "becausf", StringComparison.Ordinal));
        Assert.Equal(4, (await running.ReadAsync(Cancellation)).Head.Sequence);
        await Assert.ThrowsAsync<JournalBrokenException>(() => running.VerifyAsync(Cancellation));
        await Assert.ThrowsAsync<JournalBrokenException>(() => running.ReadAsync(Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ReadAsync_LastSegmentRemoved_IsRefused(int linesInASegment)
    {
        using var place = await Place.CreateAsync(azurite);
        var running = await CreatedAsync(place, linesInASegment);
        for (var i = 0; i < 5; i++)
        {
            await running.AppendAsync(_ => Sample.Frozen($"v{i}"), Cancellation);
        }

        await Segment(place, 5 / linesInASegment).DeleteAsync(cancellationToken: Cancellation);
        await Assert.ThrowsAsync<JournalBrokenException>(() => running.ReadAsync(Cancellation));
        await Assert.ThrowsAsync<JournalBrokenException>(() => place.Open(linesInASegment: linesInASegment).StopJournal.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task ReadAsync_BothAccountsRolledBack_TheWitnessRefuses()
    {
        using var place = await Place.CreateAsync(azurite);
        var running = await CreatedAsync(place);
        await running.AppendAsync(_ => Sample.Frozen("v1"), Cancellation);
        var backup = await ContentAsync(place);
        await running.AppendAsync(_ => Sample.Frozen("v2"), Cancellation);
        await RewriteAsync(place, backup);

        var broken = await Assert.ThrowsAsync<JournalBrokenException>(() => place.Open().StopJournal.ReadAsync(Cancellation));
        Assert.Contains("rolled back", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_AnotherHistoryOfTheSameLength_TheWitnessRefuses()
    {
        using var place = await Place.CreateAsync(azurite);
        var genesis = await CreatedAsync(place);
        var backup = await ContentAsync(place);
        await genesis.AppendAsync(_ => Sample.Frozen("v1"), Cancellation);
        await RewriteAsync(place, backup);
        await place.Open(witness: new FileHeadWitness(Path.Combine(place.WitnessFolder, "other"))).StopJournal.AppendAsync(_ => Sample.Frozen("v2"), Cancellation);
        await Assert.ThrowsAsync<JournalBrokenException>(() => place.Open().StopJournal.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task ReadAsync_WitnessRemoved_IsRefusedOnceThereIsMoreThanGenesis()
    {
        using var place = await Place.CreateAsync(azurite);
        var running = await CreatedAsync(place);
        Directory.Delete(place.WitnessFolder, recursive: true);
        Assert.Equal(0, (await place.Open().StopJournal.ReadAsync(Cancellation)).Head.Sequence);
        await running.AppendAsync(_ => Sample.Frozen("v1"), Cancellation);
        Directory.Delete(place.WitnessFolder, recursive: true);
        await Assert.ThrowsAsync<JournalBrokenException>(() => place.Open().StopJournal.ReadAsync(Cancellation));
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task AppendAsync_AnyRequestFails_RepeatedGivesOneLine(Fault fault)
    {
        for (var number = 1; ; number++)
        {
            // Two lines a segment: the second freeze rolls over, so its creation fails once too.
            using var place = await Place.CreateAsync(azurite);
            var arranged = await CreatedAsync(place, linesInASegment: 2);
            await arranged.AppendAsync(_ => Sample.Frozen("v0"), Cancellation);
            var tap = new RequestTap();
            tap.Choose(number, fault);
            try
            {
                await FreezeOnceAsync(place.Open(tap, linesInASegment: 2).StopJournal);
            }
            catch (CrashException)
            {
                Assert.True(tap.Reached);
            }

            if (!tap.Reached)
            {
                Assert.True(number > 2);
                return;
            }

            await FreezeOnceAsync(place.Open(linesInASegment: 2).StopJournal);
            var read = await place.Open(linesInASegment: 2).StopJournal.ReadAsync(Cancellation);
            Assert.Equal(2, read.Head.Sequence);
            Assert.NotNull(read.View.FreezeOn("v1", "c"));
        }
    }

    [Fact]
    public async Task AppendAsync_AnswerLostMoreOftenThanTheClientTries_TheLineIsFoundAndNotWrittenTwice()
    {
        using var place = await Place.CreateAsync(azurite);
        await CreatedAsync(place);
        var tap = new LosesAppendAnswers(6);
        var journal = place.Open(tap).StopJournal;

        // The decision is not repeatable: only finding the line keeps it single.
        var read = await journal.AppendAsync(_ => Sample.Frozen("v1"), Cancellation);

        Assert.Equal(1, read.Head.Sequence);
        Assert.Equal(1, (await place.Open().StopJournal.ReadAsync(Cancellation)).Head.Sequence);
    }

    private static Task FreezeOnceAsync(StopJournal journal) =>
        journal.AppendAsync(reading => reading.View.FreezeOn("v1", "c") is null ? Sample.Frozen("v1") : null, Cancellation);

    private static async Task<StopJournal> CreatedAsync(Place place, int linesInASegment = 40_000)
    {
        var journal = place.Open(linesInASegment: linesInASegment).StopJournal;
        Assert.Equal(CommitOutcome.Committed, await journal.CreateAsync(Cancellation));
        return journal;
    }

    private static AppendBlobClient Segment(Place place, int segment = 0) => place.JournalContainer("journals").GetAppendBlobClient($"stop/{segment:D6}");

    private static async Task<string> ContentAsync(Place place) => (await Segment(place).DownloadContentAsync(Cancellation)).Value.Content.ToString();

    /// <summary>Writes the blob anew, a block for each line as the journal itself does.</summary>
    private static async Task RewriteAsync(Place place, string content)
    {
        await Segment(place).CreateAsync(cancellationToken: Cancellation);
        foreach (var line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var block = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
            await Segment(place).AppendBlockAsync(block, cancellationToken: Cancellation);
        }
    }

    private static async Task TamperAsync(Place place, string how, string content)
    {
        var lines = content.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        switch (how)
        {
            case "delete":
                await Segment(place).DeleteAsync(cancellationToken: Cancellation);
                break;
            case "truncate":
                await RewriteAsync(place, string.Join('\n', lines[..^1]) + "\n");
                break;
            case "empty":
                await RewriteAsync(place, "");
                break;
            case "edit-first":
                await RewriteAsync(place, string.Join('\n', [lines[0].Replace("init", "inif", StringComparison.Ordinal), .. lines[1..]]));
                break;
            case "edit-last":
                await RewriteAsync(place, string.Join('\n', [.. lines[..^1], lines[^1].Replace("because", "becausf", StringComparison.Ordinal)]));
                break;
            case "replace":
                await place.JournalContainer("journals").DeleteBlobAsync("stop/000000", cancellationToken: Cancellation);
                await place.JournalContainer("journals").UploadBlobAsync("stop/000000", BinaryData.FromString(content + lines[^1] + "\n"), Cancellation);
                break;
            case "half-line":
                await AppendAsync(place, lines[^1][..20]);
                break;
            case "foreign-line":
                await AppendAsync(place, lines[^1] + "\n");
                break;
            case "second-genesis":
                await AppendAsync(place, lines[0].Replace("\"sequence\":0", "\"sequence\":4", StringComparison.Ordinal).Replace(Place.TrustRoot, JournalLine.Hash(System.Text.Encoding.UTF8.GetBytes(lines[^1])), StringComparison.Ordinal) + "\n");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how));
        }
    }

    private static async Task AppendAsync(Place place, string text)
    {
        using var block = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        await Segment(place).AppendBlockAsync(block, cancellationToken: Cancellation);
    }
}
