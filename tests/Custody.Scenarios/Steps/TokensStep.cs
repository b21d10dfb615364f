using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Takes the app's PKCS#11 tokens away while it runs, or puts them back.</summary>
internal sealed record TokensStep : Step
{
    public bool Away { get; init; } = true;

    public override Task RunAsync(World world, CancellationToken cancellation)
    {
        if (Away)
        {
            world.AppTokens.TakeAway();
        }
        else
        {
            world.AppTokens.PutBack();
        }

        return Task.CompletedTask;
    }
}
