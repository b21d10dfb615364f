using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Hands bytes that the node double lost to the real node after all.</summary>
internal sealed record DeliverStep : Step
{
    /// <summary>Which ones, counted from 1 in the order in which they were lost.</summary>
    public required int Lost { get; init; }

    /// <summary>The node must refuse them with an error that contains this.</summary>
    public string? Refused { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        var error = await world.Node.DeliverAsync(Lost - 1);
        if (Refused is null ? error is not null : error?.Contains(Refused, StringComparison.Ordinal) != true)
        {
            throw new ScenarioException($"the node said {error ?? "yes"}");
        }
    }
}
