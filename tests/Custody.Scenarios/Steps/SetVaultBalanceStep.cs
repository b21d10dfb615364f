using System.Globalization;
using System.Numerics;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Sets what the vault's account holds on the chain, as deposits and other payments would.</summary>
internal sealed record SetVaultBalanceStep : Step
{
    /// <summary>Base units.</summary>
    public required string Amount { get; init; }

    /// <summary>Of which vault; the first unless it says otherwise.</summary>
    public string? Vault { get; init; }

    public override Task RunAsync(World world, CancellationToken cancellation) => world.Chain.SetBalanceAsync(
        world.AddressOf(Vault ?? world.Vault.Id), "0x" + BigInteger.Parse(Amount, CultureInfo.InvariantCulture).ToString("x", CultureInfo.InvariantCulture));
}
