using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Moves the app's clock and the chain's, or one of them.</summary>
internal sealed record MoveClockStep : Step
{
    /// <summary>Such as 2h; negative moves the app's clock back, which a chain's cannot be.</summary>
    public required string By { get; init; }

    public bool App { get; init; } = true;

    public bool Chain { get; init; } = true;

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        var length = Durations.Parse(By);
        if (Chain)
        {
            await world.Chain.CallAsync("evm_increaseTime", (long)length.TotalSeconds);
            await world.Chain.MineAsync(world.Template.System.Governance.Chains[0].FinalityDepth);
        }

        if (App)
        {
            world.ClockOffset += length;
            await world.App.ControlAsync("clockOffsetSeconds", JsonValue.Create((long)world.ClockOffset.TotalSeconds), cancellation);
        }
    }
}
