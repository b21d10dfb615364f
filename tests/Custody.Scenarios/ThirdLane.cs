using Custody.Scenarios.Systems;

namespace Custody.Scenarios;

public sealed class ThirdLane(SystemTemplates templates) : ScenarioTests(templates)
{
    public static IEnumerable<ITheoryDataRow> Scripts => Lane(2);

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task Play_Script_Holds(string name) => PlayAsync(name);
}
