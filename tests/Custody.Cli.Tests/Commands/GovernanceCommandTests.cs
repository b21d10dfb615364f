using System.Globalization;
using Custody.Cli.Tests.Support;
using Custody.Core.Journals;
using Custody.Testing;
using Xunit;

namespace Custody.Cli.Tests.Commands;

public sealed class GovernanceCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Draft => _folder.Of("next.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Draft_Edited_DiffSignProposeByTheQuorum_IsTaken()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var _ = api;
        await DraftAsync(system, """ "maxAmount": "10000000000000000000" """, """ "maxAmount": "9000000000000000000" """);

        var diff = await RunAsync(system, "grace", "governance", "diff", Draft);
        Assert.Contains("rules 'eth-standard', max amount goes from \"10000000000000000000\" to \"9000000000000000000\" (tightens)", diff.Output, StringComparison.Ordinal);

        Assert.Equal(1, (await RunAsync(system, "grace", "governance", "sign", Draft)).ExitCode);
        Assert.False(File.Exists(Draft + ".signed"), "Nothing is signed that was not confirmed.");
        Assert.Equal(0, (await system.RunAsync(["governance", "sign", Draft, "--profile", "grace"], "2\n")).ExitCode);
        var early = await JsonAsync(system, "olivia", "governance", "propose", Draft + ".signed");
        Assert.Equal((1, "governance-unsigned"), (early.ExitCode, Code(early)));
        Assert.Equal(0, (await system.RunAsync(["governance", "sign", Draft + ".signed", "--profile", "gordon"], "2\n")).ExitCode);

        var proposed = await RunAsync(system, "olivia", "governance", "propose", Draft + ".signed");
        Assert.Equal(0, proposed.ExitCode);
        Assert.Contains("at once", proposed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DiffAndSign_AMix_AreRefusedAndSayWhy()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var _ = api;
        await DraftAsync(system, """ "maxAmount": "10000000000000000000" """, """ "maxAmount": "9000000000000000000" """, """ "minSites": 2 """, """ "minSites": 1 """);

        var diff = await JsonAsync(system, "alice", "governance", "diff", Draft);
        Assert.Equal((1, "governance-mixed"), Of(diff));
        Assert.Equal((1, "governance-mixed"), Of(await JsonAsync(system, "grace", "governance", "sign", Draft, "--yes")));
        Assert.False(File.Exists(Draft + ".signed"));
    }

    [Fact]
    public async Task Sign_UnchangedOrNotNext_IsRefused()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var _ = api;
        await DraftAsync(system);
        Assert.Equal((1, "governance-unchanged"), Of(await JsonAsync(system, "grace", "governance", "sign", Draft, "--yes")));

        await File.WriteAllTextAsync(Draft, (await File.ReadAllTextAsync(Draft, Cancellation)).Replace("\"version\": 2", "\"version\": 3", StringComparison.Ordinal), Cancellation);
        Assert.Equal(1, (await RunAsync(system, "grace", "governance", "sign", Draft, "--yes")).ExitCode);
    }

    [Fact]
    public async Task Files_MissingThereOrNoDocument_AreUsageErrors()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var _ = api;
        Assert.Equal(2, (await RunAsync(system, "grace", "governance", "diff", Draft)).ExitCode);
        await File.WriteAllTextAsync(Draft, "{}", Cancellation);
        Assert.Equal(2, (await RunAsync(system, "grace", "governance", "diff", Draft)).ExitCode);
        Assert.Equal(2, (await RunAsync(system, "grace", "governance", "draft", Draft)).ExitCode);
        File.Delete(Draft);
        await DraftAsync(system);
        Assert.Equal(2, (await RunAsync(system, "olivia", "governance", "propose", Draft)).ExitCode);
    }

    [Fact]
    public async Task Veto_OfAnOpenProposal_IsTakenAndOfNothingRefused()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var _ = api;
        var digest = new string('b', 64);
        Assert.Equal((1, "governance-not-proposed"), Of(await JsonAsync(system, "gordon", "governance", "veto", digest, "--reason", "no")));

        api.Stops = api.Stops.With(new StopEntry(1, 9, "", system.Time.GetUtcNow(), StopKind.GovernanceProposed, "1", null, digest, "", []));
        Assert.Equal(0, (await RunAsync(system, "gordon", "governance", "veto", digest, "--reason", "no")).ExitCode);
        Assert.Contains("a change (weakens)", (await RunAsync(system, "alice", "governance", "proposals")).Output, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task DraftAsync(DemoSystem system, params string[] edits)
    {
        Assert.Equal(0, (await RunAsync(system, "grace", "governance", "draft", Draft)).ExitCode);
        var text = await File.ReadAllTextAsync(Draft, Cancellation);
        for (var i = 0; i < edits.Length; i += 2)
        {
            Assert.Contains(edits[i].Trim(), text, StringComparison.Ordinal);
            text = text.Replace(edits[i].Trim(), edits[i + 1].Trim(), StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Draft, text, Cancellation);
        Assert.Equal((2).ToString(CultureInfo.InvariantCulture), Custody.Cli.Governing.DraftFile.Read(Draft).Stops(out _, out var file) ? "" : file.Document.Version.ToString(CultureInfo.InvariantCulture));
    }

    private static (int, string) Of(CliRun run) => (run.ExitCode, Code(run));

    private static string Code(CliRun run) => run.ErrorJson.GetProperty("code").GetString()!;

    private static Task<CliRun> JsonAsync(DemoSystem system, string who, params string[] arguments) => system.RunAsync([.. arguments, "--profile", who, "--json"]);

    private static Task<CliRun> RunAsync(DemoSystem system, string who, params string[] arguments) => system.RunAsync([.. arguments, "--profile", who]);
}
