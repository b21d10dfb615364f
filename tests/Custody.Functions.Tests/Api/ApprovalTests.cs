using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Tests.Support;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Api;

/// <summary>POST /withdrawals/{id}/approvals.</summary>
public sealed class ApprovalTests(SharedSystem shared) : ApiTest(shared)
{
    private async Task RefusedAsync(Func<ApprovalStatement, ApprovalStatement> change, int status, string code, string who = "alice", string client = "exchange-a")
    {
        var id = await AwaitingApprovalAsync(client);
        Refusal.Is(await Api.VoteAsync(id, who, change: change), status, code);
        Assert.DoesNotContain((await FileAsync(id)).Documents.Keys, name => name.StartsWith("vote-", StringComparison.Ordinal));
        Assert.Contains(await System.Storage.Withdrawals.AuditAsync(id, Cancellation), r => r.Event is { Action: "refused" } e && e.Code == code);
    }

    private async Task<string> SignedAsync(string id, string signer, ApprovalStatement statement, string type = DocumentType.Approval) =>
        await Jws.SignAsync(Api.Signer(signer), type, CanonicalJson.Serialize(statement), Journeys.Now, detached: false, Cancellation);

    private async Task<ApprovalStatement> StatementAsync(string id, string approver) => new(
        1, id, (await FileAsync(id)).State.IntentDigest!, 1, ApprovalDecision.Approve, approver, $"{approver}-1", 1, Journeys.Now, Journeys.Now + TimeSpan.FromHours(1));

    [Fact]
    public async Task Vote_Two_AreCountedAndTheWithdrawalSettles()
    {
        var id = await AwaitingApprovalAsync();
        var first = await Api.VoteAsync(id, "alice");
        Assert.Equal((200, id, "approve", 1, 2), (first.Status, first.Id, (string?)first.Body["decision"], (int?)first.Body["approvals"], (int?)first.Body["needed"]));
        var second = await Api.VoteAsync(id, "bob");
        Assert.Equal((200, 2), (second.Status, (int?)second.Body["approvals"]));
        await Api.WaitForAsync(id, WithdrawalStatus.Settled);
    }

    [Fact]
    public Task Vote_WrongAttempt_Is409() => RefusedAsync(s => s with { Attempt = 2 }, 409, "attempt-mismatch");

    [Fact]
    public async Task Vote_ForAnotherWithdrawal_Is409AndAlerts()
    {
        var (id, other) = (await AwaitingApprovalAsync(), await AwaitingApprovalAsync());
        var replayed = await SignedAsync(other, "alice", await StatementAsync(other, "alice"));
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/approvals", "alice", replayed), 409, "intent-mismatch");
        Assert.Equal(1, await System.AlertsAsync("contradictory-vote", id));
    }

    [Fact]
    public Task Vote_UnderAnotherGovernanceVersion_Is409() => RefusedAsync(s => s with { PolicyVersion = 2 }, 409, "governance-superseded");

    [Fact]
    public Task Vote_NamingAnotherDevice_Is401() => RefusedAsync(s => s with { DeviceId = "alice-2" }, 401, "device-unknown");

    [Fact]
    public Task Vote_NamingAnotherApprover_Is401() => RefusedAsync(s => s with { ApproverId = "bob" }, 401, "device-unknown");

    [Fact]
    public Task Vote_Expired_Is401() => RefusedAsync(s => s with { ExpiresAt = Journeys.Now - TimeSpan.FromSeconds(1) }, 401, "statement-expired");

    [Fact]
    public Task Vote_FromTheFuture_Is401() => RefusedAsync(s => s with { SignedAt = Journeys.Now + TimeSpan.FromHours(1) }, 401, "statement-expired");

    [Fact]
    public Task Vote_UnknownVersion_Is400() => RefusedAsync(s => s with { Version = 2 }, 400, "body-malformed");

    [Fact]
    public Task Vote_ByWhoInitiated_Is403() => RefusedAsync(s => s, 403, "self-approval", "insider", "exchange-b");

    [Fact]
    public async Task Vote_ByWhoInitiatedAnother_IsCounted() =>
        Assert.Equal(200, (await Api.VoteAsync(await AwaitingApprovalAsync(), "insider")).Status);

    [Fact]
    public async Task Vote_UnderAKeyThatIsNoDevices_Is401()
    {
        var id = await AwaitingApprovalAsync();
        var compact = await SignedAsync(id, "olivia", await StatementAsync(id, "alice"));
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/approvals", "alice", compact), 401, "device-unknown");
    }

    [Fact]
    public async Task Vote_OfAnotherTypOrChanged_Is401()
    {
        var id = await AwaitingApprovalAsync();
        var path = $"api/v1/withdrawals/{id}/approvals";
        var statement = await StatementAsync(id, "alice");
        Refusal.Is(await Api.PostCompactAsync(path, "alice", await SignedAsync(id, "alice", statement, DocumentType.Resolution)), 401, "signature-malformed");

        var (honest, other) = (await SignedAsync(id, "alice", statement), await SignedAsync(id, "alice", statement with { Decision = ApprovalDecision.Reject }));
        var swapped = $"{honest.Split('.')[0]}.{other.Split('.')[1]}.{honest.Split('.')[2]}";
        Refusal.Is(await Api.PostCompactAsync(path, "alice", swapped), 401, "signature-invalid");
        Refusal.Is(await Api.PostCompactAsync(path, "alice", "nonsense"), 401, "signature-malformed");
        Refusal.Is(await Api.PostCompactAsync(path, "alice", ""), 400, "body-malformed");
        Refusal.Is(await Api.PostCompactAsync(path, "alice", new string('a', 33 * 1024)), 400, "body-malformed");
    }

    [Fact]
    public async Task Vote_UnderAnotherApproversToken_Is403()
    {
        var id = await AwaitingApprovalAsync();
        var compact = await SignedAsync(id, "alice", await StatementAsync(id, "alice"));
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/approvals", "bob", compact), 403, "caller-not-allowed");
    }

    [Theory]
    [InlineData("exchange-a")]
    [InlineData("olivia")]
    public async Task Vote_ByExchangeOrOperator_Is403(string who)
    {
        var id = await AwaitingApprovalAsync();
        var compact = await SignedAsync(id, "alice", await StatementAsync(id, "alice"));
        Refusal.Is(await Api.PostCompactAsync($"api/v1/withdrawals/{id}/approvals", who, compact), 403, "caller-not-allowed");
    }

    [Fact]
    public async Task Vote_UnknownWithdrawal_Is404() =>
        Refusal.Is(await Api.PostCompactAsync("api/v1/withdrawals/w0000/approvals", "alice", "a.b.c"), 404, "not-found");

    [Fact]
    public async Task Vote_Again_Is409()
    {
        var id = await AwaitingApprovalAsync();
        Assert.Equal(200, (await Api.VoteAsync(id, "alice")).Status);
        Refusal.Is(await Api.VoteAsync(id, "alice"), 409, "duplicate-vote");
        Refusal.Is(await Api.VoteAsync(id, "alice", ApprovalDecision.Reject), 409, "duplicate-vote");
    }

    [Fact]
    public async Task Reject_EndsItAndGivesBackWhatWasReserved()
    {
        var id = await AwaitingApprovalAsync();
        Assert.NotEmpty(await LedgerRows.OpenAsync(System, id));
        var answer = await Api.VoteAsync(id, "carol", ApprovalDecision.Reject, s => s with { Reason = "not today" });
        Assert.Equal((200, "reject"), (answer.Status, (string?)answer.Body["decision"]));
        var shown = (await Api.ShowAsync(id)).Body;
        Assert.Equal(("rejected", "rejected-by-approver", "not today"), ((string?)shown["status"], (string?)shown["reason"], (string?)shown["reasonDetail"]));
        Assert.Empty(await LedgerRows.OpenAsync(System, id));
        Assert.NotNull((await System.Storage.StopJournal.ReadAsync(Cancellation)).View.EndOf(id));
        Refusal.Is(await Api.VoteAsync(id, "alice"), 409, "not-awaiting-approval");
    }

    [Fact]
    public async Task Vote_TwentyInParallelByThreeApprovers_CountOnceEach()
    {
        var id = await AwaitingApprovalAsync();
        string[] approvers = ["alice", "bob", "carol"];
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Api.VoteAsync(id, approvers[i % 3])));
        Assert.All(answers, a => Assert.True(a.Status == 200 || a.Code is "duplicate-vote" or "not-awaiting-approval", $"{a.Body}"));
        Assert.InRange(answers.Count(a => a.Status == 200), 2, 3);
        await Api.WaitForAsync(id, WithdrawalStatus.Settled);
        var votes = (await FileAsync(id)).Documents.Keys.Where(n => n.StartsWith("vote-", StringComparison.Ordinal)).ToList();
        Assert.Equal(answers.Count(a => a.Status == 200), votes.Count);
        var transaction = (await FileAsync(id)).State.TransactionId;
        Assert.Single(await System.SentByVaultAsync(), t => t.Hash == transaction);
    }
}
