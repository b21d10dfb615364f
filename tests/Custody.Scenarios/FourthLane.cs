using Custody.Scenarios.Systems;

namespace Custody.Scenarios;

public sealed class FourthLane(SystemTemplates templates) : ScenarioTests(templates)
{
    public static IEnumerable<ITheoryDataRow> Scripts => Lane(3);

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task Play_Script_Holds(string name) => PlayAsync(name);
}
