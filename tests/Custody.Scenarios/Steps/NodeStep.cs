using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Switches a behaviour of the node double.</summary>
internal sealed record NodeStep : Step
{
    /// <summary>The behaviour.</summary>
    public required string Behaviour { get; init; }

    public bool On { get; init; } = true;

    public override string? Problem() => NodeLies.All.ContainsKey(Behaviour) ? null : $"The node has no behaviour {Behaviour}.";

    public override Task RunAsync(World world, CancellationToken cancellation)
    {
        world.Node.Set(Behaviour, On);
        return Task.CompletedTask;
    }
}
