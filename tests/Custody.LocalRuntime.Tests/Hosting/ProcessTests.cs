using Custody.Testing;
using Xunit;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed class ProcessTests
{
    private static readonly string Output = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private readonly int _port = FreePort.Take(1)[0];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_App_FindsItsFunctionsByAttributeAndListsThem()
    {
        using var folder = Folder();
        await using var app = Start(folder);
        await ListeningAsync(app);

        Assert.Contains($"\tSlow: [GET] http://127.0.0.1:{_port}/api/slow/{{milliseconds:int}}", app.Output, StringComparison.Ordinal);
        Assert.Contains($"\tSetting: [GET] http://127.0.0.1:{_port}/api/settings/one", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_RequestInProgress_IsAnsweredBeforeTheProcessEndsWithCodeZero()
    {
        using var folder = Folder();
        await using var app = Start(folder);
        await ListeningAsync(app);
        using var http = new HttpClient();
        var answer = await http.GetAsync($"http://127.0.0.1:{_port}/api/slow/1500", HttpCompletionOption.ResponseHeadersRead, Cancellation);

        var stopped = app.StopAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("begun,ended", await answer.Content.ReadAsStringAsync(Cancellation));
        await stopped;
        Assert.Equal(0, app.ExitCode);
    }

    [Fact]
    public async Task Run_BusyPort_EndsWithCodeOneAndOneSentence()
    {
        using var folder = Folder();
        await using var first = Start(folder);
        await ListeningAsync(first);
        await using var second = Start(folder);

        await second.WaitForExitAsync(Cancellation);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"Port {_port} is in use", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MissingSetting_EndsWithCodeOneAndItsName()
    {
        using var folder = new TemporaryFolder();
        await using var app = Start(folder);

        await app.WaitForExitAsync(Cancellation);

        Assert.Equal(1, app.ExitCode);
        Assert.Contains("the setting SettingRoute, which %SettingRoute% refers to, is missing", app.Output, StringComparison.Ordinal);
    }

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("local.settings.json"), """{"Values":{"SettingRoute":"settings/one"}}""");
        return folder;
    }

    private ChildProcess Start(TemporaryFolder folder) => ChildProcess.Start(
        "The app",
        "dotnet",
        [RepositoryRoot.Of("tests", "Custody.LocalRuntime.App", "bin", Output, "net10.0", "Custody.LocalRuntime.App.dll"),
         "--script-root", folder.Path, "--port", $"{_port}"]);

    private static Task ListeningAsync(ChildProcess app) =>
        app.WaitUntilAsync(() => Task.FromResult(app.Output.Contains("Slow: [GET]", StringComparison.Ordinal)));
}
