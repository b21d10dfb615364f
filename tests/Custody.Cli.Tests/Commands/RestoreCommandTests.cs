using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Initialisation;
using Custody.Cli.Tests.Support;
using Custody.Core.Reading;
using Custody.Core.Restoring;
using Custody.Testing;

namespace Custody.Cli.Tests.Commands;

/// <summary><c>custody restore</c> on a system that was set up for real: the store, the witness and the node are asked, and the governors' tokens sign.</summary>
public sealed class RestoreCommandTests(RealParts parts) : IClassFixture<RealParts>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Home => _folder.Of("home");

    private string Draft => _folder.Of("restore.json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DraftAndSign_TheQuorum_MakesAStatementThatTheRuleAccepts()
    {
        var root = await InitAsync("restore-a");

        var drafted = await RunAsync("restore", "draft", Draft, "--reason", "A drill.", "--unknown-below", "hot-eth=3", "--json");
        Assert.True(drafted.ExitCode == ExitCode.Done, drafted.Error);
        Assert.Equal(3, drafted.OutputJson.GetProperty("statement").GetProperty("accounts")[0].GetProperty("unknownBelow").GetInt32());
        Assert.Equal(RestoreResult(root), (false, "restore-unsigned"));

        Assert.Equal(ExitCode.Done, (await RunAsync("restore", "sign", Draft, "--profile", "grace", "--json", "--yes")).ExitCode);
        Assert.Equal(RestoreResult(root), (false, "restore-unsigned"));
        var again = await RunAsync("restore", "sign", Draft, "--profile", "grace", "--json", "--yes");
        Assert.Equal(1, again.OutputJson.GetProperty("signatures").GetInt32());
        var second = await CliRun.OfAsync(
            ["restore", "sign", Draft, "--profile", "gordon", "--home", Home], drafted.OutputJson.GetProperty("digest").GetString()![..8] + "\n", TimeProvider.System);

        Assert.True(second.ExitCode == ExitCode.Done, second.Error);
        Assert.Contains("2 of 2 signatures", second.Output, StringComparison.Ordinal);
        Assert.Equal(RestoreResult(root), (true, "unspecified"));
    }

    [Fact]
    public async Task Draft_WithoutABound_LeavesRoomForAllThatMayBeInFlight()
    {
        await InitAsync("restore-b");

        var drafted = await RunAsync("restore", "draft", Draft, "--reason", "A drill.");

        Assert.True(drafted.ExitCode == ExitCode.Done, drafted.Error);
        var statement = RestoreStatementRule.Read(RestoreBundle.FromBytes(await File.ReadAllBytesAsync(Draft, Cancellation))!, TrustRoot(), TimeProvider.System.GetUtcNow()).Statement!;
        Assert.Equal(16UL, Assert.Single(statement.Accounts).UnknownBelow);
        Assert.All(statement.Journals, j => Assert.Equal(j.Known, j.Accepted));
    }

    [Fact]
    public async Task Sign_NotConfirmedOrAnOlderGovernance_SignsNothing()
    {
        var root = await InitAsync("restore-c");
        await RunAsync("restore", "draft", Draft, "--reason", "A drill.");

        Assert.Equal(ExitCode.Refused, (await RunAsync("restore", "sign", Draft, "--profile", "grace")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await RunAsync("restore", "sign", Draft, "--profile", "grace", "--json")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await RunAsync("restore", "sign", Draft, "--profile", "olivia", "--json", "--yes")).ExitCode);
        new CustodyHome(Home).Remember(root, new SeenGovernance(2, new string('a', 64)));
        var older = await RunAsync("restore", "sign", Draft, "--profile", "grace", "--json", "--yes");

        Assert.Equal((ExitCode.Refused, "governance-superseded"), (older.ExitCode, older.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(RestoreBundle.FromBytes(await File.ReadAllBytesAsync(Draft, Cancellation))!.Statement.Signatures);
    }

    [Fact]
    public async Task DraftAndSign_WrongFilesAndOptions_AreUsage()
    {
        Assert.Equal(ExitCode.Usage, (await RunAsync("restore", "draft", Draft, "--reason", "A drill.")).ExitCode);
        await InitAsync("restore-d");
        Assert.Equal(ExitCode.Usage, (await RunAsync("restore", "draft", Draft, "--reason", "A drill.", "--unknown-below", "hot-eth")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await RunAsync("restore", "draft", Draft, "--reason", "A drill.", "--governance", _folder.Of("nowhere"))).ExitCode);
        await File.WriteAllTextAsync(Draft, "{}", Cancellation);
        Assert.Equal(ExitCode.Usage, (await RunAsync("restore", "draft", Draft, "--reason", "A drill.")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await RunAsync("restore", "sign", Draft, "--profile", "grace", "--json", "--yes")).ExitCode);
    }

    private (bool, string) RestoreResult(string root)
    {
        var verdict = RestoreStatementRule.Verify(RestoreBundle.FromBytes(File.ReadAllBytes(Draft))!, root, TimeProvider.System.GetUtcNow()).Verdict;
        return (verdict.IsAllowed, Core.Results.RefusalCodes.Text(verdict.Code));
    }

    private string TrustRoot()
    {
        using var settings = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Home, "settings.json")));
        return settings.RootElement.GetProperty("Values").GetProperty("Custody__TrustRoot").GetString()!;
    }

    private async Task<string> InitAsync(string prefix)
    {
        await parts.EmptyAsync();
        var plan = _folder.Of("plan.json");
        await File.WriteAllBytesAsync(plan, Core.Encoding.CanonicalJson.Serialize(parts.Plan(prefix)), Cancellation);
        var run = await RunAsync("init", "--plan", plan, "--json");
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        return run.OutputJson.GetProperty("trustRoot").GetString()!;
    }

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.OfAsync([.. arguments, "--home", Home], "", TimeProvider.System);
}
