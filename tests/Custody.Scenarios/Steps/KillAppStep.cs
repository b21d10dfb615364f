using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>SIGKILL; with <c>restart</c> the app starts again at once.</summary>
internal sealed record KillAppStep : Step
{
    public bool Restart { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        world.App.Kill();
        if (Restart)
        {
            await world.App.StartAsync(cancellation);
        }
    }
}
