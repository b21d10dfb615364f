using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Switches a behaviour of the node double.</summary>
internal sealed record NodeStep : Step
{
    /// <summary>The behaviour.</summary>
    public required string Behaviour { get; init; }

    public bool On { get; init; } = true;

    /// <summary>Which one, counted from 1, where the chain has several.</summary>
    public int Node { get; init; } = 1;

    public override string? Problem() => NodeLies.All.ContainsKey(Behaviour) ? null : $"The node has no behaviour {Behaviour}.";

    public override Task RunAsync(World world, CancellationToken cancellation)
    {
        world.Nodes[Node - 1].Set(Behaviour, On);
        return Task.CompletedTask;
    }
}
