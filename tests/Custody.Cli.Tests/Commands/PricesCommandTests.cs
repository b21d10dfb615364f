using Custody.Cli.Initialisation.Plan;
using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Encoding;
using Custody.Core.Prices;
using Custody.Core.Signatures;

namespace Custody.Cli.Tests.Commands;

/// <summary>custody prices post: what a source signs is what the server takes for a price.</summary>
public sealed class PricesCommandTests
{
    private static readonly string[] Post = ["prices", "post", "--asset"];

    [Theory]
    [InlineData("ETH", "19500.50 HKD", 1950050, 2)]
    [InlineData("eip155:31337/slip44:60", "19500 HKD", 19500, 0)]
    [InlineData("ETH", "0.000000000000000001 HKD", 1, 18)]
    public async Task Post_Price_PostsASignedEntry(string asset, string price, long value, int scale)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync([.. Post, asset, "--price", price, "--age", "30s", "--json"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var (path, body) = Assert.Single(api.Accepted);
        Assert.Equal("/api/v1/prices", path);
        Assert.Equal(
            new PriceEntry(1, Core.Assets.AssetId.Parse("eip155:31337/slip44:60"), "HKD", value, scale, DemoSystem.Now.AddSeconds(-30)),
            CanonicalJson.Deserialize<PriceEntry>(SignedDocument.FromCompact(body)!.PayloadBytes()));
    }

    [Fact]
    public async Task Post_Price_SaysWhatWasPosted()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync([.. Post, "ETH", "--price", "19500.50 HKD"]);
        Assert.Equal("✓ ETH is worth 19500.5 HKD as of 2026-01-31T12:00:00Z.", run.Output.Trim());
    }

    // The second source says itself what the price is; the time is the first one's.
    [Fact]
    public async Task Post_ByTwoSources_PostsOneEntryWithBothSignatures()
    {
        var (api, system) = await ApiDouble.StartAsync(plan => plan with { Prices = plan.Prices! with { Sources = [.. plan.Prices.Sources, new PriceSourcePlan("second")] } });
        await using var disposing = api;
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.price");

        var first = await system.RunAsync([.. Post, "ETH", "--price", "19500.50 HKD", "--age", "30s", "--to", file, "--profile", "prices"]);
        Assert.True(first.ExitCode == ExitCode.Done, first.Error);
        Assert.Empty(api.Accepted);
        var other = await system.RunAsync([.. Post, "ETH", "--price", "19500.51 HKD", "--with", file, "--profile", "second"]);
        Assert.Equal(ExitCode.Usage, other.ExitCode);
        Assert.Contains("another price", other.Error, StringComparison.Ordinal);
        var alone = await system.RunAsync([.. Post, "ETH", "--price", "19500.50 HKD", "--profile", "second", "--json"]);
        Assert.Equal((ExitCode.Refused, "price-absurd"), (alone.ExitCode, alone.ErrorJson.GetProperty("code").GetString()));
        var second = await system.RunAsync([.. Post, "ETH", "--price", "19500.50 HKD", "--with", file, "--profile", "second"]);

        Assert.True(second.ExitCode == ExitCode.Done, second.Error);
        var posted = SignedDocument.FromBytes(System.Text.Encoding.UTF8.GetBytes(Assert.Single(api.Accepted).Body));
        Assert.Equal(2, posted.Signatures.Count);
        Assert.Equal(DemoSystem.Now.AddSeconds(-30), CanonicalJson.Deserialize<PriceEntry>(posted.PayloadBytes()).AsOf);
        File.Delete(file);
    }

    [Theory]
    [InlineData("--with", "/nowhere/x.price", "There is no file")]
    [InlineData("--with", "a.price --to b.price", "give one of them")]
    public async Task Post_ByTwoSourcesWrongly_IsUsageAndPostsNothing(string option, string value, string expected)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync([.. Post, "ETH", "--price", "1 HKD", option, .. value.Split(' ')]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(api.Accepted);
    }

    [Theory]
    [InlineData("ETH", "19500.50", "--price '19500.50' is not a price")]
    [InlineData("ETH", "19500.50 USD", "such as '19500.50 HKD'")]
    [InlineData("ETH", "0 HKD", "a number above zero")]
    [InlineData("ETH", "-1 HKD", "is not a price")]
    [InlineData("ETH", "1e3 HKD", "is not a price")]
    [InlineData("ETH", "1,5 HKD", "is not a price")]
    [InlineData("ETH", "1.2.3 HKD", "is not a price")]
    [InlineData("ETH", ". HKD", "is not a price")]
    [InlineData("ETH", "0.0000000000000000001 HKD", "at most 18 decimals")]
    [InlineData("DOGE", "1 HKD", "names no governed asset")]
    [InlineData("eip155:1/slip44:60", "1 HKD", "names no governed asset")]
    public async Task Post_BadPriceOrAsset_IsUsageAndPostsNothing(string asset, string price, string expected)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync([.. Post, asset, "--price", price]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
        Assert.Empty(api.Accepted);
    }

    [Theory]
    [InlineData("prices post --asset ETH", "--price")]
    [InlineData("prices post --price 1", "--asset")]
    [InlineData("prices post --asset ETH --price 1 --age soon", "--age 'soon' is not")]
    [InlineData("prices", "Required command")]
    public async Task Post_WrongCommandLine_IsUsageInOneSentence(string arguments, string expected)
    {
        using var system = await DemoSystem.CreateAsync();
        var run = await system.RunAsync(arguments);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Post_AsAnotherKindOfCaller_IsUsage()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync([.. Post, "ETH", "--price", "1 HKD", "--profile", "exchange-a"]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Post_StalePrice_IsRefusedWithTheServersCode()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync([.. Post, "ETH", "--price", "1 HKD", "--age", "2h", "--json"]);
        Assert.Equal((ExitCode.Refused, "price-stale"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    // Without terms nothing has a price; the key is no longer registered for anything, so no call is answered either.
    [Fact]
    public async Task Post_GovernanceNamesNoSource_HasNoProfileForIt()
    {
        var (api, system) = await ApiDouble.StartAsync(plan => plan with { Prices = null, Retail = null });
        await using var disposing = api;
        var run = await system.RunAsync([.. Post, "ETH", "--price", "1 HKD"]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("There is no profile of kind pricesource", run.Error, StringComparison.Ordinal);
    }
}
