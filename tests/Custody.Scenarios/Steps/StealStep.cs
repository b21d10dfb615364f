using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Somebody who has the vault's key pays from its account, past the whole system.</summary>
internal sealed record StealStep : Step
{
    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        await world.Chain.CallAsync("anvil_impersonateAccount", world.VaultAddress);
        var stolen = await world.Chain.CallAsync(
            "eth_sendTransaction", new { from = world.VaultAddress, to = "0x00000000000000000000000000000000000000bb", value = "0xde0b6b3a7640000" });
        await world.Chain.CallAsync("anvil_stopImpersonatingAccount", world.VaultAddress);
        world.Stolen.Add(stolen.GetString()!);
    }
}
