using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Reading;
using Custody.Core.Signatures;

namespace Custody.Cli.Tests.Commands;

public sealed class VoteCommandTests
{
    [Fact]
    public async Task Approve_Confirmed_PostsAVoteThatCounts()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var bundle = api.Bundle = await system.BundleAsync();

        var run = await system.RunAsync($"approve {bundle.Id} --profile alice", "79C8\n");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("Pay         1.5 ETH", run.Output, StringComparison.Ordinal);
        Assert.Contains("! The server's word only: under no signature", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("✓ Approved; 1 of 2 approvals.\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var statement = Statement(Assert.Single(api.Accepted).Body);
        Assert.Equal((bundle.Id, bundle.IntentDigest, ApprovalDecision.Approve, "alice", "alice-1"), (statement.WithdrawalId, statement.IntentDigest, statement.Decision, statement.ApproverId, statement.DeviceId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("0000\n")]
    [InlineData("yes\n")]
    public async Task Approve_NotConfirmed_SignsNothing(string typed)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();

        var run = await system.RunAsync($"approve {api.Bundle.Id} --profile alice", typed);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Approve_JsonWithYes_PrintsOneDocument()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();
        api.Bundle = api.Bundle with { Votes = [await system.VoteAsync(api.Bundle, "bob")] };

        var run = await system.RunAsync($"approve {api.Bundle.Id} --profile alice --yes --json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(("approve", 2, 2), (run.OutputJson.GetProperty("decision").GetString(), run.OutputJson.GetProperty("approvals").GetInt32(), run.OutputJson.GetProperty("needed").GetInt32()));
        Assert.Equal(api.Bundle.IntentDigest, run.OutputJson.GetProperty("intentDigest").GetString());
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Approve_JsonWithoutYes_IsUsage()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync($"approve {WithdrawalId.Derive("exchange-a", "r-1")} --profile alice --json");
        Assert.Equal((ExitCode.Usage, Codes.Usage), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Reject_WithReason_PostsItSigned()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();

        var run = await system.RunAsync(["reject", api.Bundle.Id, "--profile", "carol", "--yes", "--reason", "Not what the customer asked for."]);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var statement = Statement(Assert.Single(api.Accepted).Body);
        Assert.Equal((ApprovalDecision.Reject, "Not what the customer asked for."), (statement.Decision, statement.Reason));
    }

    [Fact]
    public async Task Approve_VotedBefore_SignsNothing()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();
        api.Bundle = api.Bundle with { Votes = [await system.VoteAsync(api.Bundle, "alice")] };

        var run = await system.RunAsync($"approve {api.Bundle.Id} --profile alice --yes --json");

        Assert.Equal((ExitCode.Refused, "duplicate-vote"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    private static readonly Dictionary<string, (string Fact, Func<ApprovalBundle, DemoSystem, DemoSystem, Task<ApprovalBundle>> Tamper)> Tampering = new()
    {
        ["another withdrawal"] = ("withdrawal", async (_, s, _) => await s.BundleAsync(s.Request("r-2"))),
        ["governance of another root"] = ("governance", (b, _, other) => Task.FromResult(b with { Governance = [other.Draft.SignedGovernance] })),
        ["no governance"] = ("governance", (b, _, _) => Task.FromResult(b with { Governance = null })),
        ["no request"] = ("request", (b, _, _) => Task.FromResult(b with { Request = null })),
        ["another amount"] = ("requestSignature", (b, s, _) => Task.FromResult(b with { Request = StrictBase64Url.Encode(CanonicalJson.Serialize(s.Request() with { Amount = 1 })) })),
        ["no request signature"] = ("requestSignature", (b, _, _) => Task.FromResult(b with { RequestSignature = null })),
        ["another customer"] = ("customer", (b, s, _) => Task.FromResult(b with { Customer = s.Draft.Customers[1].Signed })),
        ["no customer"] = ("customer", (b, _, _) => Task.FromResult(b with { Customer = null })),
        ["unsigned entry"] = ("whitelistEntry", (b, _, _) => Task.FromResult(b with { WhitelistEntry = b.WhitelistEntry! with { Signatures = [] } })),
        ["no entry"] = ("whitelistEntry", (b, _, _) => Task.FromResult(b with { WhitelistEntry = null })),
        ["entry never activated"] = ("whitelistEntry", (b, _, _) => Task.FromResult(b with { WhitelistActivatedAt = null })),
        ["amount above the rule"] = ("policy", async (_, s, _) => await s.BundleAsync(s.Request() with { Amount = 11 * DemoSystem.Ether })),
        ["another digest"] = ("intentDigest", (b, _, _) => Task.FromResult(b with { IntentDigest = new string('0', 64) })),
        ["another destination"] = ("intent", async (_, s, _) => await s.BundleAsync(changeIntent: i => i with { Destination = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC" })),
        ["no intent"] = ("intent", (b, _, _) => Task.FromResult(b with { Intent = null })),
        ["another attempt"] = ("intent", (b, _, _) => Task.FromResult(b with { Attempt = 2 })),
    };

    public static TheoryData<string> Tampered => [.. Tampering.Keys];

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task Approve_TamperedBundle_NamesTheFactAndSignsNothing(string how)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        using var other = await DemoSystem.CreateAsync();
        var honest = await system.BundleAsync();
        api.Bundle = await Tampering[how].Tamper(honest, system, other);

        var run = await system.RunAsync($"approve {honest.Id} --profile alice --yes --json");

        Assert.Equal((ExitCode.Refused, Tampering[how].Fact), (run.ExitCode, run.ErrorJson.GetProperty("fact").GetString()));
        Assert.Empty(run.Output);
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Approve_GovernanceOlderThanSeen_SignsNothing()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();
        system.Home.Remember(system.Draft.TrustRoot, new SeenGovernance(2, new string('0', 64)));

        var run = await system.RunAsync($"approve {api.Bundle.Id} --profile alice --yes --json");

        Assert.Equal((ExitCode.Refused, "governance-superseded"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Approve_DamagedMemoryOfGovernance_SignsNothing()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();
        Directory.CreateDirectory(system.Home.Of("seen"));
        await File.WriteAllTextAsync(system.Home.Of("seen", $"{system.Draft.TrustRoot}.json"), "{", TestContext.Current.CancellationToken);

        var run = await system.RunAsync($"approve {api.Bundle.Id} --profile alice --yes --json");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("is damaged", run.Error, StringComparison.Ordinal);
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Approve_TokenMissing_SignsNothing()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();
        await File.WriteAllTextAsync(
            system.Home.Of("profiles", "lost.json"),
            $$$"""{"kind":"approver","id":"alice","deviceId":"alice-1","keyId":"device-alice-1","signer":{"pkcs11":{"module":"/nowhere/module.so","tokenLabel":"t","pinFile":"p"}},"api":"{{{api.Url}}}","audience":"custody-local","trustRoot":"{{{system.Draft.TrustRoot}}}"}""",
            TestContext.Current.CancellationToken);

        var run = await system.RunAsync($"approve {api.Bundle.Id} --profile lost --yes --json");

        Assert.Equal((ExitCode.Refused, Codes.SignerUnavailable), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Approve_Verified_RemembersTheGovernance()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();

        await system.RunAsync($"approve {api.Bundle.Id} --profile alice --yes");

        Assert.Equal(new SeenGovernance(1, system.Governed.Digest), system.Home.ReadSeen(system.Draft.TrustRoot));
    }

    [Fact]
    public async Task Approve_SecondAttempt_VerifiesItsParent()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var first = await system.BundleAsync();
        var second = await system.BundleAsync(changeIntent: i => i with { Attempt = 2, ParentDigest = first.IntentDigest });
        api.Bundle = second with { ParentIntent = second.Intent };
        Assert.Equal("intent", (await system.RunAsync($"approve {first.Id} --profile alice --yes --json")).ErrorJson.GetProperty("fact").GetString());

        api.Bundle = second with { ParentIntent = first.Intent };
        Assert.Equal(ExitCode.Done, (await system.RunAsync($"approve {first.Id} --profile alice --yes --json")).ExitCode);
    }

    [Fact]
    public async Task Approve_AnswerCut_SaysThatItIsNotKnown()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();
        api.CutsAnswers = true;

        var run = await system.RunAsync($"approve {api.Bundle.Id} --profile alice --yes --json");

        Assert.Equal((ExitCode.Refused, Codes.OutcomeUnknown), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Single(api.Accepted);
    }

    [Fact]
    public async Task Approve_ProfileOfAClient_IsUsage()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync($"approve {WithdrawalId.Derive("exchange-a", "r-1")} --profile exchange-a");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("is of kind client, and this command is for approver", run.Error, StringComparison.Ordinal);
    }

    private static ApprovalStatement Statement(string compact) =>
        CanonicalJson.Deserialize<ApprovalStatement>(SignedDocument.FromCompact(compact)!.PayloadBytes());
}
