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

    private static readonly string Folder = RepositoryRoot.Of("tests", "Scenarios");

    protected static IEnumerable<ITheoryDataRow> Lane(int lane) =>
        ScriptFolder.Names(Folder).Where((_, index) => index % Lanes == lane).Select(name => new TheoryDataRow<string>(name) { TestDisplayName = name });

    protected async Task PlayAsync(string name)
    {
        var script = ScriptFolder.Read(Folder, name);
        await Player.PlayAsync(script, await templates.GetAsync(script.CoolsOff, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
