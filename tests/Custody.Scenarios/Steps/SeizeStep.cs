using System.Globalization;
using System.Numerics;
using Custody.Core.Encoding;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>
/// Somebody takes tokens of a vault without its key: the contract is given an allowance that the vault never granted, and a
/// <c>transferFrom</c>, or a <c>burnFrom</c> as an issuer's seizure, uses it. Only of OpenZeppelin's contract.
/// </summary>
internal sealed record SeizeStep : Step
{
    private const int AllowancesSlot = 1;

    /// <summary>The token, as a step before named it.</summary>
    public required string Token { get; init; }

    /// <summary>Base units. 0 needs no allowance: anybody may call that.</summary>
    public string Amount { get; init; } = "1000";

    /// <summary>The vault; the first unless it says otherwise.</summary>
    public string? Vault { get; init; }

    /// <summary>Whether the tokens are burned instead of moved.</summary>
    public bool Burns { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        var token = world.Tokens.GetValueOrDefault(Token) ?? throw new ScenarioException($"no step before this one registered a token as '{Token}'");
        var amount = BigInteger.Parse(Amount, CultureInfo.InvariantCulture);
        var vault = world.AddressOf(Vault ?? world.Vault.Id);
        await world.Chain.CallAsync("anvil_setStorageAt", token.Contract, Allowance(vault, World.Depositor), "0x" + Word(amount));
        var data = Burns ? $"0x79cc6790{Word(vault)}{Word(amount)}" : $"0x23b872dd{Word(vault)}{Word(World.Depositor)}{Word(amount)}";
        await world.Chain.CallAsync("eth_sendTransaction", new { from = World.Depositor, to = token.Contract, data });
    }

    // A mapping's place: the hash of key and slot, of a mapping in a mapping with the first one's place as the slot.
    private static string Allowance(string owner, string spender) => Place(spender, Place(owner, AllowancesSlot.ToString("x64", CultureInfo.InvariantCulture)));

    private static string Place(string key, string slot) => "0x" + Convert.ToHexStringLower(Keccak256.Hash(Convert.FromHexString(Word(key) + (slot.StartsWith("0x", StringComparison.Ordinal) ? slot[2..] : slot))));

    private static string Word(string address) => address[2..].ToLowerInvariant().PadLeft(64, '0');

    private static string Word(BigInteger number) => number.ToString("x64", CultureInfo.InvariantCulture)[^64..];
}
