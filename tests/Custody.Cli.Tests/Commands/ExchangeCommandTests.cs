using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Cli.Tests.Commands;

/// <summary>What the exchange does: submit, show, list, cancel, token, sign-request.</summary>
public sealed class ExchangeCommandTests
{
    private static readonly string[] Submit = ["submit", "--customer", "customer-1", "--entry", "entry-1"];

    [Theory]
    [InlineData("eip155:31337/slip44:60", "1500000000000000000")]
    [InlineData("ETH", "1500000000000000000")]
    [InlineData("ETH", "1.5 ETH")]
    [InlineData("eip155:31337/slip44:60", "1.5 ETH")]
    public async Task Submit_AmountInEitherForm_PostsBaseUnits(string asset, string amount)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync([.. Submit, "--asset", asset, "--amount", amount, "--request-id", "r-7", "--max-fee", "0.005 ETH", "--expires-in", "30m", "--json"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(WithdrawalId.Derive("exchange-a", "r-7"), run.OutputJson.GetProperty("id").GetString());
        var request = CanonicalJson.DeserializeLoose<WithdrawalRequest>(System.Text.Encoding.UTF8.GetBytes(Assert.Single(api.Accepted).Body));
        Assert.Equal(
            new WithdrawalRequest(
                "exchange-a", "customer-1", "r-7", Core.Assets.AssetId.Parse("eip155:31337/slip44:60"), 3 * DemoSystem.Ether / 2, "entry-1",
                DemoSystem.Now, DemoSystem.Now.AddMinutes(30), null, DemoSystem.Ether / 200),
            request);
    }

    [Theory]
    [InlineData("ETH", "1.5", "--amount '1.5' is not an amount")]
    [InlineData("ETH", "1.5 BTC", "--amount '1.5 BTC' is not an amount")]
    [InlineData("ETH", "1.0000000000000000001 ETH", "at most 18 decimals")]
    [InlineData("ETH", "-1 ETH", "is not an amount")]
    [InlineData("ETH", "0", "amount is zero")]
    [InlineData("DOGE", "1", "names no governed asset")]
    [InlineData("eip155:1/slip44:60", "1 ETH", "names no governed asset")]
    public async Task Submit_BadAmountOrAsset_IsUsageAndPostsNothing(string asset, string amount, string expected)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync([.. Submit, "--asset", asset, "--amount", amount]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Submit_SameAgain_SaysSo()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync([.. Submit, "--asset", "ETH", "--amount", "1", "--request-id", "again"]);
        Assert.StartsWith("✓ Accepted before", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_GovernanceOfAnotherRoot_IsRefused()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        using var other = await DemoSystem.CreateAsync(api.Url);
        api.System = system;

        // The other exchange's profile pins another root than this server's governance has; its token is not even known here.
        var run = await other.RunAsync([.. Submit, "--asset", "ETH", "--amount", "1 ETH", "--json"]);

        Assert.Equal((ExitCode.Refused, "call-token-invalid"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Show_Withdrawal_ShowsItForPeopleAndScripts()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.State = State();

        var human = await system.RunAsync($"show {api.State.Id} --profile exchange-a");
        var json = await system.RunAsync($"show {api.State.Id} --profile olivia --json");

        Assert.Contains("held", human.Output, StringComparison.Ordinal);
        Assert.Contains("frozen: Frozen by olivia.", human.Output, StringComparison.Ordinal);
        Assert.Equal("held", json.OutputJson.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Show_Unknown_IsRefusedWithTheServersProblem()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync($"show {WithdrawalId.Derive("a", "b")} --profile exchange-a --json");
        Assert.Equal((ExitCode.Refused, "not-found", 404), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString(), run.ErrorJson.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task List_Withdrawals_ShowsAPage()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        Assert.Equal("No withdrawals.\n", (await system.RunAsync("list --profile exchange-a")).Output.ReplaceLineEndings("\n"));

        api.State = State();
        var run = await system.RunAsync("list --profile exchange-a --size 1 --status held");

        Assert.Contains(api.State.Id, run.Output, StringComparison.Ordinal);
        Assert.Contains("More: --continuation next", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_Withdrawal_PostsASignedStatement()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync(["cancel", WithdrawalId.Derive("exchange-a", "r-1"), "--reason", "Typed twice."]);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Single(api.Accepted);
    }

    [Fact]
    public async Task Token_Client_IsOneThatTheServerTakes()
    {
        using var system = await DemoSystem.CreateAsync();

        var run = await system.RunAsync("token --profile exchange-a");

        var reading = CallTokenRule.Verify(run.Output.TrimEnd(), "custody-local", system.Governed, DemoSystem.Now);
        Assert.Equal((CallerKind.Exchange, "exchange-a"), (reading.Caller!.Kind, reading.Caller.Id));
    }

    [Fact]
    public async Task SignRequest_File_IsTheHeaderForItsBytes()
    {
        using var system = await DemoSystem.CreateAsync();
        var body = CanonicalJson.Serialize(system.Request());
        var path = system.Home.Of("request.json");
        await File.WriteAllBytesAsync(path, body, TestContext.Current.CancellationToken);

        var run = await system.RunAsync($"sign-request {path}");

        Assert.Equal(Verdict.Allowed, RequestSignature.Verify(body, run.Output.TrimEnd(), "exchange-a", system.Governed, DemoSystem.Now, out _));
    }

    [Fact]
    public async Task SignRequest_NotARequest_IsUsageNamingTheField()
    {
        using var system = await DemoSystem.CreateAsync();
        var path = system.Home.Of("request.json");
        await File.WriteAllTextAsync(path, """{"clientId":"exchange-a"}""", TestContext.Current.CancellationToken);
        var run = await system.RunAsync($"sign-request {path}");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("customerId", run.Error, StringComparison.Ordinal);
    }

    private static WithdrawalState State() => new WithdrawalState(
        WithdrawalId.Derive("exchange-a", "r-1"), "exchange-a", "customer-1", "r-1", new string('0', 64), Core.Assets.AssetId.Parse("eip155:31337/slip44:60"),
        DemoSystem.Ether, "entry-1", WithdrawalStatus.Approved, DemoSystem.Now, DemoSystem.Now, null).Held(RefusalCode.Frozen, "Frozen by olivia.");
}
