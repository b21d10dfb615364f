using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Approvals;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Withdrawals;

namespace Custody.Cli.Tests.Commands;

/// <summary>withdraw-vote, confirm-video and drill: what they sign is what the pipeline's own rules accept.</summary>
public sealed class VoteEndingCommandTests
{
    private static readonly string Id = WithdrawalId.Derive("exchange-a", "r-1");

    [Fact]
    public async Task WithdrawVote_OfTheIntentShown_IsAccepted()
    {
        var (api, system) = await StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync(["withdraw-vote", Id, "--reason", "Not what was agreed.", "--profile", "alice"]);

        Assert.Equal((ExitCode.Done, $"✓ Your vote on {Id} no longer counts; the withdrawal is awaitingApproval.\n"), (run.ExitCode, run.Output));
        Assert.Equal($"/api/v1/withdrawals/{Id}/approvals/withdraw", Assert.Single(api.Accepted).Path);
    }

    [Fact]
    public async Task WithdrawVote_OfADigestThatIsNot_IsRefused()
    {
        var (api, system) = await StartAsync();
        await using var disposing = api;
        api.State = api.State! with { IntentDigest = new string('0', 64) };

        var run = await system.RunAsync(["withdraw-vote", Id, "--reason", "x", "--profile", "alice", "--json"]);

        Assert.Equal((ExitCode.Refused, "intent-mismatch"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task WithdrawVote_AnswerLost_IsSaidToBeUnknown()
    {
        var (api, system) = await StartAsync();
        await using var disposing = api;
        api.CutsAnswers = true;

        var run = await system.RunAsync(["withdraw-vote", Id, "--reason", "x", "--profile", "alice", "--json"]);

        Assert.Equal((ExitCode.Refused, Codes.OutcomeUnknown), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task ConfirmVideo_WithTheDigestReadOut_IsAccepted()
    {
        var (api, system) = await StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync(["confirm-video", Id, "--digest", api.State!.IntentDigest!, "--reference", "recording 7", "--profile", "olivia"]);

        Assert.Equal((ExitCode.Done, $"✓ Recorded the call for {Id}.\n"), (run.ExitCode, run.Output));
        Assert.Equal($"/api/v1/withdrawals/{Id}/video-confirmations", Assert.Single(api.Accepted).Path);
    }

    [Fact]
    public async Task ConfirmVideo_WithAnotherDigest_IsRefused()
    {
        var (api, system) = await StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync(["confirm-video", Id, "--digest", new string('0', 64), "--reference", "recording 7", "--profile", "olivia", "--json"]);

        Assert.Equal((ExitCode.Refused, "intent-mismatch"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task DrillIssue_OfAWithdrawal_IsAccepted()
    {
        var (api, system) = await StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync(["drill", "issue", Id, "--mismatch", "destination", "--profile", "olivia"]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Matches("^✓ Ask the approvers to approve w[0-9a-f]{32}; who reads it rejects it.", run.Output);
        Assert.DoesNotContain(Id, run.Output, StringComparison.Ordinal);
        Assert.Equal("/api/v1/drills", Assert.Single(api.Accepted).Path);
    }

    [Fact]
    public async Task DrillReport_NoneIssued_SaysSo()
    {
        var (api, system) = await StartAsync();
        await using var disposing = api;
        Assert.Equal("No drill was issued.", (await system.RunAsync("drill report --profile olivia")).Output.TrimEnd());
    }

    [Fact]
    public async Task DrillReport_Issued_ShowsHowEachAnswered()
    {
        var (api, system) = await StartAsync();
        await using var disposing = api;
        api.Drills.Add(new { id = "w1", issuedAt = DemoSystem.Now, mismatch = "amount", answers = new[] { new { approver = "alice", result = "failed" }, new { approver = "bob", result = "passed" } } });

        var run = await system.RunAsync("drill report --profile olivia");

        Assert.Matches("alice +failed", run.Output);
        Assert.Matches("bob +passed", run.Output);
    }

    private static async Task<(ApiDouble Api, DemoSystem System)> StartAsync()
    {
        var (api, system) = await ApiDouble.StartAsync();
        api.Bundle = await system.BundleAsync();
        api.State = new WithdrawalState(
            Id, "exchange-a", "customer-1", "r-1", new string('0', 64), Core.Assets.AssetId.Parse("eip155:31337/slip44:60"),
            DemoSystem.Ether, "entry-1", WithdrawalStatus.AwaitingApproval, DemoSystem.Now, DemoSystem.Now, null)
        {
            Attempt = 1,
            IntentDigest = api.Bundle.IntentDigest,
        };
        return (api, system);
    }
}
