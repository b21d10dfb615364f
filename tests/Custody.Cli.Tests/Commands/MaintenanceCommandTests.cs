using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;

namespace Custody.Cli.Tests.Commands;

public sealed class MaintenanceCommandTests
{
    [Fact]
    public async Task GapFill_TwoOperators_OrderTheSameOfTheVerifiedAccount()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        const string Order = "maintenance gap-fill --vault hot-eth --nonce 6 --reason Waiting --profile ";

        var first = await system.RunAsync(Order + "olivia");
        var second = await system.RunAsync(Order + "oscar");

        Assert.StartsWith("… Signed the fill of nonce 6 of 0x", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("✓ Ordered: the fill of nonce 6 of 0x", second.Output, StringComparison.Ordinal);
        Assert.Contains("hot-eth  6      proposed  1 of 2", (await system.RunAsync("maintenance list --profile olivia")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GapFill_AnotherFee_IsAnotherOrder()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        const string Order = "maintenance gap-fill --vault hot-eth --nonce 6 --reason Waiting --profile ";
        await system.RunAsync(Order + "olivia");

        Assert.StartsWith("… Signed", (await system.RunAsync(Order + "oscar --max-rate 1000000000 --max-total 21000000000000")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewind_TwoOperatorsOnTheSameBlock_HaveTheChainReadAgain()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var order = $"maintenance rewind --chain eip155:31337 --block 100 --hash 0x{new string('B', 64)} --reason Agreed --profile ";

        Assert.StartsWith("… Signed: eip155:31337 is read again after block 100", (await system.RunAsync(order + "olivia")).Output, StringComparison.Ordinal);
        Assert.StartsWith("✓ eip155:31337 is read again after block 100", (await system.RunAsync(order + "oscar")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewind_AnotherChainOrNone_IsRefused()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var order = $"--block 100 --hash 0x{new string('b', 64)} --reason Agreed --profile olivia --json";

        Assert.Equal("rewind-not-needed", (await system.RunAsync($"maintenance rewind --chain eip155:1 {order}")).ErrorJson.GetProperty("code").GetString());
        Assert.Equal(ExitCode.Usage, (await system.RunAsync($"maintenance rewind --chain mainnet {order}")).ExitCode);
        Assert.Equal("field-invalid", (await system.RunAsync($"maintenance rewind --chain eip155:31337 {order.Replace("100", "111", StringComparison.Ordinal)}")).ErrorJson.GetProperty("code").GetString());
        Assert.Empty(api.Accepted);
    }

    [Theory]
    [InlineData("--vault nowhere --nonce 6", "maintenance-account-wrong")]
    [InlineData("--vault hot-eth --nonce 6 --max-total 4200000000000001", "maintenance-fee-above-terms")]
    public async Task GapFill_NotGoverned_IsRefused(string order, string refusal)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync($"maintenance gap-fill {order} --reason Waiting --profile olivia --json");

        Assert.Equal((ExitCode.Refused, refusal), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Theory]
    [InlineData("--max-rate 0")]
    [InlineData("--max-total -1")]
    [InlineData("--max-total 0x5")]
    public async Task GapFill_NoAmount_IsUsage(string option)
    {
        using var system = await DemoSystem.CreateAsync();

        Assert.Equal(ExitCode.Usage, (await system.RunAsync($"maintenance gap-fill --vault hot-eth --nonce 6 --reason Waiting --profile olivia {option}")).ExitCode);
    }

    [Theory]
    [InlineData("--from hot-eth --to nowhere --amount 5", "maintenance-account-wrong")]
    [InlineData("--from nowhere --to hot-eth --amount 5", "maintenance-account-wrong")]
    [InlineData("--from hot-eth --to hot-eth --amount 5", "maintenance-account-wrong")]
    public async Task GasFunding_NoTwoVaults_IsRefused(string order, string refusal)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync($"maintenance gas-funding {order} --reference first --reason Waiting --profile olivia --json");

        Assert.Equal((ExitCode.Refused, refusal), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task GasFunding_WithoutReference_IsUsage()
    {
        using var system = await DemoSystem.CreateAsync();

        Assert.Equal(ExitCode.Usage, (await system.RunAsync("maintenance gas-funding --from hot-eth --to hot-2 --amount 5 --reason Waiting --profile olivia")).ExitCode);
    }
}
