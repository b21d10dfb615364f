using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Cli.Tests.Commands;

/// <summary>What operators and auditors do: freeze, thaw, resolve, alerts, audit, governance.</summary>
public sealed class OperatorCommandTests
{
    private static readonly string Id = WithdrawalId.Derive("exchange-a", "r-1");

    [Theory]
    [InlineData("platform")]
    [InlineData("vault/hot-eth")]
    [InlineData("client/exchange-a")]
    public async Task Freeze_Scope_IsPostedSigned(string scope)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync(["freeze", scope, "--reason", "Drill.", "--profile", "olivia", "--json"]);
        Assert.Equal((ExitCode.Done, scope), (run.ExitCode, run.OutputJson.GetProperty("scope").GetString()));
    }

    [Fact]
    public async Task Thaw_TwoOperators_NameTheVeryFreeze()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Stops = StopView.Empty.With(new StopEntry(1, 9, "", DemoSystem.Now, StopKind.Frozen, "platform", null, null, "Drill.", []));

        var first = await system.RunAsync(["thaw", "platform", "--reason", "Over.", "--profile", "olivia"]);
        var second = await system.RunAsync(["thaw", "platform", "--reason", "Over.", "--profile", "oscar"]);

        Assert.StartsWith("… Signed the thaw of platform (freeze 9); a second operator", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("✓ Thawed: platform (freeze 9).", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thaw_NothingFrozen_IsRefused()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync(["thaw", "platform", "--reason", "Over.", "--profile", "olivia", "--json"]);
        Assert.Equal((ExitCode.Refused, "not-frozen"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Freezes_InForce_AreListed()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        Assert.Equal("Nothing is frozen.", (await system.RunAsync("freezes --profile olivia")).Output.TrimEnd());
        api.Stops = StopView.Empty.With(new StopEntry(1, 9, "", DemoSystem.Now, StopKind.Frozen, "vault/hot-eth", null, null, "Drill.", []));
        Assert.Contains("vault/hot-eth  9     2026-01-31T12:00:00Z  Drill.", (await system.RunAsync("freezes --profile olivia")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_Held_NamesAttemptAndHold()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.State = State().Held(RefusalCode.NodeUnavailable, "No answer.");

        var first = await system.RunAsync(["resolve", Id, "--action", "nextAttempt", "--reason", "Node is back.", "--profile", "olivia"]);
        var second = await system.RunAsync(["resolve", Id, "--action", "nextAttempt", "--reason", "Node is back.", "--profile", "oscar"]);

        Assert.StartsWith($"… Signed nextAttempt for hold 1 of {Id}", first.Output, StringComparison.Ordinal);
        Assert.StartsWith($"✓ In effect: nextAttempt for hold 1 of {Id}", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_NotHeld_SignsNothing()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.State = State();
        var run = await system.RunAsync(["resolve", Id, "--action", "resume", "--reason", "x", "--profile", "olivia", "--json"]);
        Assert.Equal((ExitCode.Refused, "not-held"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Alerts_Newest_AreListed()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Alerts.Add(new { code = "second-digest", severity = "P1", subject = "hot-eth", detail = "A second digest.", raisedAt = DemoSystem.Now });

        var run = await system.RunAsync("alerts --profile olivia");

        Assert.Contains("P1  second-digest  2026-01-31T12:00:00Z  hot-eth  A second digest.", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await system.RunAsync("alerts --profile olivia --json")).OutputJson.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task AuditVerify_WholeChain_IsVerified()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Audit = Trail();

        var run = await system.RunAsync($"audit verify {Id} --profile olivia");
        var json = await system.RunAsync($"audit verify {Id} --profile olivia --json");

        Assert.StartsWith($"✓ 2 records of {Id} verify", run.Output, StringComparison.Ordinal);
        Assert.Equal((true, 2), (json.OutputJson.GetProperty("verified").GetBoolean(), json.OutputJson.GetProperty("records").GetInt32()));
    }

    private static readonly Dictionary<string, Func<ApiDouble.AuditTrail, ApiDouble.AuditTrail>> Breaking = new()
    {
        ["end cut"] = t => t with { Records = [t.Records[0]] },
        ["beginning cut"] = t => t with { Records = [t.Records[1]] },
        ["order changed"] = t => t with { Records = [t.Records[1], t.Records[0]] },
        ["actor changed"] = t => t with { Records = [t.Records[0], t.Records[1] with { Event = t.Records[1].Event with { Actor = "mallory" } }] },
        ["time changed"] = t => t with { Records = [t.Records[0] with { At = t.Records[0].At.AddSeconds(1) }, t.Records[1]] },
        ["emptied"] = t => t with { Records = [] },
        ["another head"] = t => t with { Head = new string('0', 64) },
    };

    public static TheoryData<string> Broken => [.. Breaking.Keys];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task AuditVerify_BrokenChain_IsRefused(string how)
    {
        using var system = await DemoSystem.CreateAsync();
        var path = system.Home.Of("audit.json");
        await File.WriteAllBytesAsync(path, CanonicalJson.Serialize(Breaking[how](Trail())), TestContext.Current.CancellationToken);

        var run = await system.RunAsync($"audit verify {Id} --file {path} --json");

        Assert.Equal((ExitCode.Refused, Codes.AuditBroken), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task AuditVerify_SavedFile_NeedsNoApi()
    {
        using var system = await DemoSystem.CreateAsync();
        var path = system.Home.Of("audit.json");
        await File.WriteAllBytesAsync(path, CanonicalJson.Serialize(Trail()), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Done, (await system.RunAsync($"audit verify --file {path}")).ExitCode);
    }

    [Fact]
    public async Task GovernanceShow_InForce_IsVerifiedAndShown()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var human = await system.RunAsync("governance show --profile bob");
        var json = await system.RunAsync("governance show --profile bob --json");

        Assert.StartsWith("✓ Governance version 1, signed by its quorum under the pinned root", human.Output, StringComparison.Ordinal);
        Assert.Contains("eth-standard  ETH     10 ETH", human.Output, StringComparison.Ordinal);
        Assert.Equal(system.Draft.TrustRoot, json.OutputJson.GetProperty("trustRoot").GetString());
    }

    private static WithdrawalState State() => new(
        Id, "exchange-a", "customer-1", "r-1", new string('0', 64), Core.Assets.AssetId.Parse("eip155:31337/slip44:60"),
        DemoSystem.Ether, "entry-1", WithdrawalStatus.Approved, DemoSystem.Now, DemoSystem.Now, null);

    private static ApiDouble.AuditTrail Trail()
    {
        var records = AuditChain.Extend(
            Id, 0, "", DemoSystem.Now, [new AuditEvent("receive", "accepted", "exchange-a"), new AuditEvent("whitelist", "refused", "pipeline", "whitelist-other-client", "Not yours.")]);
        return new ApiDouble.AuditTrail(Id, records, records[^1].Hash());
    }
}
