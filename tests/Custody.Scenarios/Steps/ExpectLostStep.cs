using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>How many different transactions the node double accepted and dropped.</summary>
internal sealed record ExpectLostStep : PolledStep
{
    public required int Count { get; init; }

    protected override Task<string?> ProblemAsync(World world, CancellationToken cancellation) =>
        Task.FromResult(world.Node.Lost.Count == Count ? null : $"{world.Node.Lost.Count} were lost");
}
