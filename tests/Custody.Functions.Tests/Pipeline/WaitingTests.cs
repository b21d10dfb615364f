using System.Collections.Concurrent;
using Azure.Data.Tables;
using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Pipeline;

/// <summary>Waiting for approval costs nothing: the sweeper reads its list, and no request is about a withdrawal that waits.</summary>
public sealed class WaitingTests
{
    private const int Waiting = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(6);

    private readonly ConcurrentQueue<string> _requests = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_FiftyWithdrawals_CostNoRequestOfTheirOwnAndLoseNoVote()
    {
        await using var system = await RunningSystem.StartAsync(
            new RunningSystemOptions { Plan = People.AddTo, StorageLine = _requests.Enqueue, SweepSchedule = "* * * * * *" }, Cancellation);
        var before = await RequestsAsync();
        var ids = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Waiting), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation }, async (_, _) =>
            ids.Add(await system.AwaitingApprovalAsync()));
        Assert.All(ids, id => Assert.Contains(_requests, line => line.Contains(id, StringComparison.Ordinal)));
        await UntilAllRestAsync(system, ids);

        var during = await RequestsAsync();

        Assert.DoesNotContain(during, line => ids.Any(id => line.Contains(id, StringComparison.Ordinal)));
        Assert.Contains(during, line => line.Contains("/OpenWithdrawals", StringComparison.Ordinal));

        // A batch's line does not say whose it is: not one more for each that waits.
        Assert.True(during.Count < before.Count + Waiting, $"{before.Count} requests in {Interval} while nothing waited, {during.Count} while {Waiting} did.");

        // A vote whose event is lost is found all the same.
        var id = ids.First();
        await StoreVoteAsync(system, id, "alice");
        await StoreVoteAsync(system, id, "bob");
        await system.Api.WaitForAsync(id, WithdrawalStatus.Settled);
    }

    private async Task<IReadOnlyList<string>> RequestsAsync()
    {
        _requests.Clear();
        await Task.Delay(Interval, Cancellation);
        return [.. _requests];
    }

    private static async Task UntilAllRestAsync(RunningSystem system, IReadOnlyCollection<string> ids)
    {
        var table = new TableClient(system.Azurite.PipelineConnection, "OpenWithdrawals");
        int resting;
        do
        {
            await Task.Delay(1000, Cancellation);
            resting = await table.QueryAsync<TableEntity>(cancellationToken: Cancellation).CountAsync(r => r.ContainsKey("RestsUntil"), Cancellation);
        }
        while (resting < ids.Count);
    }

    private static async Task StoreVoteAsync(RunningSystem system, string id, string approver)
    {
        var file = (await system.Storage.Withdrawals.LoadAsync(id, Cancellation))!;
        var statement = new ApprovalStatement(
            1, id, file.State.IntentDigest!, 1, ApprovalDecision.Approve, approver, $"{approver}-1", 1, Journeys.Now, Journeys.Now + TimeSpan.FromHours(1));
        var compact = await Jws.SignAsync(system.Api.Signer(approver), DocumentType.Approval, CanonicalJson.Serialize(statement), Journeys.Now, detached: false, Cancellation);
        Assert.Equal(CommitOutcome.Committed, await system.Storage.Withdrawals.CommitAsync(
            file,
            new CaseChange(
                file.State,
                [new AuditEvent("approve", "voted", approver)],
                [new CaseDocument(CaseDocuments.Vote(1, approver), global::System.Text.Encoding.ASCII.GetBytes(compact))]),
            Cancellation));
    }
}
