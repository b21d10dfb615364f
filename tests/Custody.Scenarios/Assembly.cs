using Custody.Scenarios.Systems;

[assembly: AssemblyFixture(typeof(SystemTemplates))]
