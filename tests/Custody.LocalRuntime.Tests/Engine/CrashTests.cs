using System.Security.Cryptography;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class CrashTests(EngineAzurite azurite)
{
    private const string WholeWalk = "\"s0,s1,s2,e0,e1,s3,s4,s5\"";

    [Theory]
    [InlineData("replay")]
    [InlineData("extended")]
    public async Task Kill_AtTenRandomMoments_EveryInstanceEndsAndNothingAcknowledgedIsLost(string mode)
    {
        const int Instances = 20;
        using var run = new CrashRun(azurite, Instances);
        HashSet<string> committed = [];
        for (var kill = 0; kill < 10; kill++)
        {
            await using var host = run.Start(mode);
            var progress = run.Notes.Count + RandomNumberGenerator.GetInt32(2, 20);
            await run.UntilAsync(host, notes => notes.Count >= progress || notes.Contains("done"));
            host.Kill();

            Assert.Empty(run.RunsOfThisGeneration().Intersect(committed));
            committed = await run.CommittedAsync();
            var events = await run.EventsAsync();
            Assert.All(
                run.Notes.Where(note => note.StartsWith("raised ", StringComparison.Ordinal)),
                note => Assert.Contains(note["raised ".Length..], events));
        }

        await using var last = run.Start(mode);
        await last.WaitForExitAsync(EngineHost.Cancellation);
        Assert.Equal(0, last.ExitCode);
        Assert.Empty(run.RunsOfThisGeneration().Intersect(committed));
        var outputs = await run.OutputsAsync();
        Assert.Equal(Instances, outputs.Count);
        Assert.True(run.GenerationsThatWorked >= 5, "The kills came too late to interrupt anything.");
        Assert.All(outputs, output => Assert.Equal(WholeWalk, output.Value));
    }

    [Fact]
    public async Task Kill_WhileAnActivityRuns_ItAloneRunsAgain()
    {
        using var run = new CrashRun(azurite, 1);
        await using (var first = run.Start("hang"))
        {
            await run.UntilAsync(first, notes => notes.Contains("ran w-0 2"));
            first.Kill();
        }

        await using var second = run.Start();
        await second.WaitForExitAsync(EngineHost.Cancellation);
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(WholeWalk, (await run.OutputsAsync())["w-0"]);
        Assert.Equal([1, 1, 2], Enumerable.Range(0, 3).Select(task => run.Notes.Count(note => note == $"ran w-0 {task}")));
    }

    [Fact]
    public async Task Kill_RightAfterAnEventIsAcknowledged_TheEventIsThere()
    {
        using var run = new CrashRun(azurite, 1);
        await using (var first = run.Start("hang"))
        {
            await run.UntilAsync(first, notes => notes.Contains("raised w-0 e0"));
            first.Kill();
        }

        Assert.Contains("w-0 e0", await run.EventsAsync());
        await using var second = run.Start();
        await second.WaitForExitAsync(EngineHost.Cancellation);
        Assert.Equal(WholeWalk, (await run.OutputsAsync())["w-0"]);
    }

    [Fact]
    public async Task Kill_RightAfterAScheduleIsAcknowledged_TheInstanceRuns()
    {
        using var run = new CrashRun(azurite, 1);
        await using (var first = run.Start("hang"))
        {
            await run.UntilAsync(first, notes => notes.Contains("scheduled w-0"));
            first.Kill();
        }

        Assert.Contains("w-0", (await run.OutputsAsync()).Keys);
        await using var second = run.Start();
        await second.WaitForExitAsync(EngineHost.Cancellation);
        Assert.Equal(WholeWalk, (await run.OutputsAsync())["w-0"]);
    }
}
