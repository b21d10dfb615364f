using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Intents;
using Custody.Core.Screening;
using Custody.Testing;

namespace Custody.Cli.Tests.Commands;

/// <summary>Importing lists and releasing hits; the double verifies what is signed with the pipeline's own rules.</summary>
public sealed class ScreeningCommandTests
{
    private const string Hit = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static readonly string Id = WithdrawalId.Derive("exchange-a", "r-1");

    [Fact]
    public async Task Import_AFile_PostsItsAddressesSigned()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("list.txt"), $"# source: local\n# published: 2026-01-30\n0x901bb9583b24D97e995513C6778dc6888AB6870e\n");

        var run = await system.RunAsync(["sanctions", "import", folder.Of("list.txt"), "--source", "local", "--profile", "olivia"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.StartsWith("✓ In force: local, 1 addresses, published 2026-01-30", run.Output, StringComparison.Ordinal);
        var posted = SanctionsImportRule.Verify(Assert.Single(api.Accepted).Body, system.Governed, DemoSystem.Now).List!;
        Assert.Equal("0x901bb9583b24d97e995513c6778dc6888ab6870e", Assert.Single(posted.Entries).Address);
    }

    [Theory]
    [InlineData("<sdnList><sdnEntry/></sdnList>", "no uid")]
    [InlineData("# source: other\n# published: 2026-01-30\nabcdefgh\n", "'other'")]
    [InlineData("<!DOCTYPE x><sdnList/>", "DTD")]
    public async Task Import_AFileThatCannotBeUsed_PostsNothing(string text, string sentence)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("list"), text);

        var run = await system.RunAsync(["sanctions", "import", folder.Of("list"), "--source", "local", "--profile", "olivia"]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Release_OfWhatWasLookedAt_IsPostedSigned()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.HitDigest = Hit;

        Assert.Contains("Somebody Listed", (await system.RunAsync(["screening", "show", Id, "--profile", "olivia"])).Output, StringComparison.Ordinal);
        var first = await system.RunAsync(["screening", "release", Id, "--hit", Hit, "--reason", "False positive.", "--profile", "olivia"]);
        var second = await system.RunAsync(["screening", "release", Id, "--hit", Hit, "--reason", "False positive.", "--profile", "oscar"]);

        Assert.StartsWith("… Signed the release", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("✓ Released", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_OfAnotherHitThanTheOneFound_SignsNothing()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.HitDigest = new string('b', 64);

        var run = await system.RunAsync(["screening", "release", Id, "--hit", Hit, "--reason", "False positive.", "--profile", "olivia", "--json"]);

        Assert.Equal((ExitCode.Refused, "screening-release-mismatch"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }
}
