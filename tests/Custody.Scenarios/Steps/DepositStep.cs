using System.Globalization;
using System.Numerics;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Somebody pays a vault's account, in coin or in a token that they hold, or has a token say that it moved nothing to it.</summary>
internal sealed record DepositStep : Step
{
    /// <summary>What it is called in the script; the transaction's hash becomes the variable of that name.</summary>
    public required string As { get; init; }

    /// <summary>Base units; 0 of a token is a <c>transferFrom</c> of the vault's own tokens, which anybody may call.</summary>
    public string Amount { get; init; } = "1000000000000000000";

    /// <summary>The token, by its name in the script; coin without.</summary>
    public string? Of { get; init; }

    /// <summary>The vault; the first unless it says otherwise.</summary>
    public string? Vault { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        const string From = World.Depositor;
        var amount = BigInteger.Parse(Amount, CultureInfo.InvariantCulture);
        var to = world.AddressOf(Vault ?? world.Vault.Id);
        object call = Of is null ? new { from = From, to, value = "0x" + amount.ToString("x", CultureInfo.InvariantCulture) }
            : new { from = From, to = world.Tokens[Of].Contract, data = amount.IsZero ? $"0x23b872dd{Word(to)}{Word(to)}{Word(amount)}" : $"0xa9059cbb{Word(to)}{Word(amount)}" };
        world.Variables.Set(As, (await world.Chain.CallAsync("eth_sendTransaction", call)).GetString()!);
    }

    private static string Word(string address) => address[2..].ToLowerInvariant().PadLeft(64, '0');

    private static string Word(BigInteger number) => number.ToString("x64", CultureInfo.InvariantCulture)[^64..];
}
