using Custody.Core.Admission;
using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Pipeline;

/// <summary>"Nothing is lost": what is stored is found again, whatever became of the call that stored it.</summary>
public sealed class SweeperTests(SharedSystem shared) : ApiTest(shared)
{
    /// <summary>What the submit call stores, by a process that died before it could start the orchestration.</summary>
    private async Task<string> StoreAsync()
    {
        var request = ApiClient.Request(NewRequestId());
        var body = CanonicalJson.Serialize(request);
        var id = WithdrawalId.Derive(request.ClientId, request.RequestId);
        var digest = AdmissionRule.DigestOf(body);
        var state = new WithdrawalState(
            id, request.ClientId, request.CustomerId, request.RequestId, digest, request.Asset, request.Amount, request.WhitelistEntryId,
            WithdrawalStatus.Received, Journeys.Now, Journeys.Now, null);
        var stored = await System.Storage.Withdrawals.CreateAsync(
            new CaseChange(
                state,
                [new AuditEvent("receive", "accepted", request.ClientId, Digest: digest)],
                [new CaseDocument(CaseDocuments.Request, body, await Api.SignRequestAsync(body))]),
            Cancellation);
        Assert.Equal(CommitOutcome.Committed, stored);
        return id;
    }

    /// <summary>What the approvals call stores, by a process that died before it could raise the event.</summary>
    private async Task StoreVoteAsync(string id, string approver)
    {
        CommitOutcome outcome;
        do
        {
            var file = await FileAsync(id);
            var statement = new ApprovalStatement(
                1, id, file.State.IntentDigest!, 1, ApprovalDecision.Approve, approver, $"{approver}-1", 1, Journeys.Now, Journeys.Now + TimeSpan.FromHours(1));
            var compact = await Jws.SignAsync(Api.Signer(approver), DocumentType.Approval, CanonicalJson.Serialize(statement), Journeys.Now, detached: false, Cancellation);
            outcome = await System.Storage.Withdrawals.CommitAsync(
                file,
                new CaseChange(
                    file.State,
                    [new AuditEvent("approve", "approve", approver)],
                    [new CaseDocument(CaseDocuments.Vote(1, approver), global::System.Text.Encoding.ASCII.GetBytes(compact))]),
                Cancellation);
        }
        while (outcome == CommitOutcome.Conflict);
    }

    [Fact]
    public async Task Sweep_NeverStarted_IsStarted() => await Api.WaitForAsync(await StoreAsync(), WithdrawalStatus.AwaitingApproval);

    [Fact]
    public async Task Sweep_VotesWhoseEventsWereLost_AreFound()
    {
        var id = await AwaitingApprovalAsync();
        await StoreVoteAsync(id, "alice");
        await StoreVoteAsync(id, "bob");
        await Api.WaitForAsync(id, WithdrawalStatus.Settled);
    }

    [Fact]
    public async Task Sweep_PurgedInstance_IsHeldWithAnAlert()
    {
        var id = await AwaitingApprovalAsync();
        await HubRows.PurgeAsync(System, id);
        await HeldAsync(id);
    }

    [Fact]
    public async Task Sweep_TerminatedInstance_IsHeldWithAnAlert()
    {
        var id = await AwaitingApprovalAsync();
        var row = await HubRows.InstanceAsync(System, id);
        row["RuntimeStatus"] = "Terminated";
        await HubRows.Instances(System).UpdateEntityAsync(row, Azure.ETag.All, cancellationToken: Cancellation);
        await HeldAsync(id);
    }

    private async Task HeldAsync(string id)
    {
        var shown = await Api.WaitForAsync(id, WithdrawalStatus.Held);
        Assert.Equal(("instance-mismatch", "awaitingApproval"), ((string?)shown["reason"], (string?)shown["heldAt"]));
        Assert.Equal(1, await System.AlertsAsync("orphaned-instance", id));
        while (await System.AlertsAsync("withdrawal-held", id) == 0)
        {
            await Task.Delay(50, Cancellation);
        }
    }
}
