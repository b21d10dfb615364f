using Custody.Scenarios.Scripts;
using Custody.Scenarios.Systems;
using Custody.Testing;

namespace Custody.Scenarios;

/// <summary>
/// Every script of tests/Scenarios as one test under its own name. Four lanes run side by side, since a script mostly waits for
/// blocks and sweeps; each has a system of its own, so lanes share only the template that all of them are copied from.
/// </summary>
public abstract class ScenarioTests(SystemTemplates templates)
{
    /// <summary>How many run side by side, however few cores there are; xunit.runner.json says so too.</summary>
    private const int Lanes = 4;

    /// <summary>
    /// How many scripts of a run may be played a second time. Scripts meet a real node, real storage and a machine that may stand still for
    /// seconds, and what chance decides in one of hundreds must not hide what the others found. Each is told in the run's output, with why it
    /// failed; a script that fails twice fails, and so does the one after these.
    /// </summary>
    private const int MostReplays = 3;

    private static int _replays;

    private static readonly string Folder = RepositoryRoot.Of("tests", "Scenarios");

    protected static IEnumerable<ITheoryDataRow> Lane(int lane) =>
        ScriptFolder.Names(Folder).Where((_, index) => index % Lanes == lane).Select(name => new TheoryDataRow<string>(name) { TestDisplayName = name });

    protected async Task PlayAsync(string name)
    {
        var script = ScriptFolder.Read(Folder, name);
        var cancellation = TestContext.Current.CancellationToken;
        var template = await templates.GetAsync(script.CoolsOff, cancellation);
        try
        {
            await Player.PlayAsync(script, template, cancellation);
        }
        catch (Exception first) when (!cancellation.IsCancellationRequested && Interlocked.Increment(ref _replays) <= MostReplays)
        {
            Console.WriteLine($"replayed, {name}: {first.Message.Split('\n')[0]}");
            await Player.PlayAsync(script, template, cancellation);
        }
    }
}
