using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Starts the app; with <c>refused</c> it must refuse to start and say so.</summary>
internal sealed record StartAppStep : Step
{
    /// <summary>A text that the refusal contains.</summary>
    public string? Refused { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        if (Refused is null)
        {
            await world.App.StartAsync(cancellation);
        }
        else if (await world.App.StartRefusedAsync(cancellation) is var said && !said.Contains(Refused, StringComparison.Ordinal))
        {
            throw new ScenarioException($"the app refused to start, and did not say '{Refused}': {said}");
        }
    }
}
