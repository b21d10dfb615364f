using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Sets how the screening provider's double behaves, until it is set again.</summary>
internal sealed record ProviderStep : Step
{
    public required string Behaviour { get; init; }

    public override string? Problem() => ProviderDouble.Behaviours.Contains(Behaviour)
        ? null
        : $"The screening provider has no behaviour {Behaviour}; it has {string.Join(", ", ProviderDouble.Behaviours)}.";

    public override Task RunAsync(World world, CancellationToken cancellation)
    {
        world.Provider.Behaviour = Behaviour;
        return Task.CompletedTask;
    }
}
