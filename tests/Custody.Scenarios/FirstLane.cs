using Custody.Scenarios.Systems;

namespace Custody.Scenarios;

public sealed class FirstLane(SystemTemplates templates) : ScenarioTests(templates)
{
    public static IEnumerable<ITheoryDataRow> Scripts => Lane(0);

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task Play_Script_Holds(string name) => PlayAsync(name);
}
