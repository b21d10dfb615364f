using System.Globalization;
using System.Numerics;
using Custody.Core.Encoding;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Sets what a vault holds of a token in the contract's storage, without a log. Only of OpenZeppelin's contract.</summary>
internal sealed record SetTokenBalanceStep : Step
{
    private const int BalancesSlot = 0;

    /// <summary>The token, as a step before named it.</summary>
    public required string Token { get; init; }

    /// <summary>Base units.</summary>
    public required string Amount { get; init; }

    /// <summary>Of which vault; the first unless it says otherwise.</summary>
    public string? Vault { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        var token = world.Tokens.GetValueOrDefault(Token) ?? throw new ScenarioException($"no step before this one registered a token as '{Token}'");
        var account = world.AddressOf(Vault ?? world.Vault.Id)[2..].ToLowerInvariant().PadLeft(64, '0');
        var place = Convert.ToHexStringLower(Keccak256.Hash(Convert.FromHexString(account + BalancesSlot.ToString("x64", CultureInfo.InvariantCulture))));
        await world.Chain.CallAsync("anvil_setStorageAt", token.Contract, "0x" + place, "0x" + BigInteger.Parse(Amount, CultureInfo.InvariantCulture).ToString("x64", CultureInfo.InvariantCulture)[^64..]);
    }
}
