using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Changes a setting of the next start.</summary>
internal sealed record SetSettingStep : Step
{
    public required string Name { get; init; }

    public required string Value { get; init; }

    public override Task RunAsync(World world, CancellationToken cancellation)
    {
        if (!world.App.Settings.ContainsKey(Name))
        {
            throw new ScenarioException($"the app has no setting {Name}; it has {string.Join(", ", world.App.Settings.Keys)}");
        }

        world.App.Settings[Name] = Value;
        return Task.CompletedTask;
    }
}
