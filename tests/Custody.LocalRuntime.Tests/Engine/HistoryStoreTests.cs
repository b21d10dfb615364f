using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Storage;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class HistoryStoreTests(EngineAzurite azurite)
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddYears(56);

    private static CancellationToken Cancellation => EngineHost.Cancellation;

    private static HistoryEvent[] Episode(int events) =>
    [
        new HistoryEvent.OrchestratorStarted(At),
        .. Enumerable.Range(0, events).Select(i => new HistoryEvent.EventRaised(At, "n", $"{i}", null)),
        new HistoryEvent.OrchestratorCompleted(At),
    ];

    private async Task<HistoryStore> StoreAsync(string hub, CutBatches? cut = null)
    {
        var blobs = new PayloadBlobs(azurite.Blobs().GetBlobContainerClient($"{hub}-largemessages"));
        await blobs.CreateAsync(Cancellation);
        var store = new HistoryStore(azurite.Tables(cut).GetTableClient($"{hub}History"), blobs, TimeProvider.System);
        await store.CreateAsync(Cancellation);
        return store;
    }

    [Fact]
    public async Task Trim_AfterACheckpointThatWasCutOff_AShorterEpisodeLeavesNothingOfIt()
    {
        var hub = azurite.NewHub();
        var cut = await StoreAsync(hub, new CutBatches(after: 3));
        var sentinel = await cut.CommitAsync("x", "e", null, new Checkpoint(0, Episode(1)), Cancellation);
        await Assert.ThrowsAnyAsync<Exception>(() => cut.CommitAsync("x", "e", sentinel, new Checkpoint(3, Episode(300)), Cancellation));

        var store = await StoreAsync(hub);
        var stored = await store.LoadAsync("x", Cancellation);
        Assert.Equal((3, 198), (stored.Events.Count, stored.CutOff.Count));
        stored = await store.TrimAsync("x", stored, Cancellation);
        await store.CommitAsync("x", "e", stored.Sentinel, new Checkpoint(3, Episode(2)), Cancellation);
        var after = await store.LoadAsync("x", Cancellation);
        Assert.Null(after.Damage);
        Assert.Equal([.. Episode(1), .. Episode(2)], after.Events);
    }

    [Fact]
    public async Task Commit_SentinelMoved_IsAConflictAndWritesNothing()
    {
        var store = await StoreAsync(azurite.NewHub());
        var sentinel = await store.CommitAsync("x", "e", null, new Checkpoint(0, Episode(1)), Cancellation);
        await store.CommitAsync("x", "e", sentinel, new Checkpoint(3, Episode(1)), Cancellation);
        await Assert.ThrowsAsync<HubConflictException>(() => store.CommitAsync("x", "e", sentinel, new Checkpoint(6, Episode(5)), Cancellation));
        Assert.Equal(6, (await store.LoadAsync("x", Cancellation)).Events.Count);
    }

    [Fact]
    public async Task Commit_SentinelThatShouldNotBeThere_IsAConflict()
    {
        var store = await StoreAsync(azurite.NewHub());
        await store.CommitAsync("x", "e", null, new Checkpoint(0, Episode(1)), Cancellation);
        await Assert.ThrowsAsync<HubConflictException>(() => store.CommitAsync("x", "f", null, new Checkpoint(0, Episode(1)), Cancellation));
    }

    [Fact]
    public async Task Load_RowAppendedAfterACompleteCheckpoint_IsDamage()
    {
        var hub = azurite.NewHub();
        var store = await StoreAsync(hub);
        await store.CommitAsync("x", "e", null, new Checkpoint(0, Episode(1)), Cancellation);
        var forged = HistoryRowWriter.Write("x", "e", 3, new HistoryEvent.TaskCompleted(At, 0, "\"forged\""));
        await azurite.Tables().GetTableClient($"{hub}History").AddEntityAsync(forged, Cancellation);
        Assert.Contains("Row 0000000000000003 follows the last checkpoint", (await store.LoadAsync("x", Cancellation)).Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_EveryKindOfEvent_ComesBackAsItWasWritten()
    {
        var failure = new Microsoft.DurableTask.TaskFailureDetails(
            "T", "m", "s", new Microsoft.DurableTask.TaskFailureDetails("I", "n", null, null, null), null);
        HistoryEvent[] all =
        [
            new HistoryEvent.OrchestratorStarted(At),
            new HistoryEvent.ExecutionStarted(At, "N", "1", "x", "e", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            new HistoryEvent.TaskScheduled(At, "A", "\"in\"") { EventId = 0 },
            new HistoryEvent.TaskCompleted(At, 0, null),
            new HistoryEvent.TaskFailed(At, 1, failure),
            new HistoryEvent.TimerCreated(At, At.AddDays(1)) { EventId = 2 },
            new HistoryEvent.TimerFired(At, 2, At.AddDays(1)),
            new HistoryEvent.EventRaised(At, "E", new string('é', 50_000), null),
            new HistoryEvent.ExecutionSuspended(At, "why"),
            new HistoryEvent.ExecutionResumed(At, "because"),
            new HistoryEvent.ExecutionTerminated(At, "\"out\""),
            new HistoryEvent.ExecutionCompleted(At, "Failed", "m", failure) { EventId = 3 },
            new HistoryEvent.OrchestratorCompleted(At),
        ];
        var store = await StoreAsync(azurite.NewHub());
        await store.CommitAsync("x", "e", null, new Checkpoint(0, all), Cancellation);
        Assert.Equal(all, (await store.LoadAsync("x", Cancellation)).Events);
    }
}
