using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;

namespace Custody.Cli.Tests.Commands;

/// <summary>custody policy explain: says which rule matches, and changes nothing.</summary>
public sealed class PolicyCommandTests
{
    private static readonly string[] Explain = ["policy", "explain", "--customer", "customer-1", "--entry", "entry-1", "--asset", "ETH"];

    [Fact]
    public async Task Explain_ARuleMatches_SaysWhich()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync([.. Explain, "--amount", "1 ETH", "--profile", "exchange-a", "--json"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.True(run.OutputJson.GetProperty("allowed").GetBoolean());
        Assert.Equal("eth-standard", run.OutputJson.GetProperty("ruleId").GetString());
    }

    [Fact]
    public async Task Explain_NoneMatchesOrALimitIsPassed_SaysWhy()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync([.. Explain, "--amount", "1000 ETH", "--client", "exchange-a", "--profile", "olivia"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("amount-above-limit", run.Output, StringComparison.Ordinal);
        Assert.Contains("eth-standard", run.Output, StringComparison.Ordinal);
    }
}
