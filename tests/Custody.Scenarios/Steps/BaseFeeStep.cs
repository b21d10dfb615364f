using System.Globalization;
using System.Numerics;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Mines a block with this base fee; from there it falls by an eighth with each empty block, as the protocol has it.</summary>
internal sealed record BaseFeeStep : Step
{
    /// <summary>Wei per gas.</summary>
    public required string Wei { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        await world.Chain.CallAsync("anvil_setNextBlockBaseFeePerGas", "0x" + BigInteger.Parse(Wei, NumberStyles.None, CultureInfo.InvariantCulture).ToString("x", CultureInfo.InvariantCulture));
        await world.Chain.MineAsync(1);
    }
}
