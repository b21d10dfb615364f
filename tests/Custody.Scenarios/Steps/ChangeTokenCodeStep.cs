using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Changes the code of a token's contract, as an upgrade would: it goes on working, and is no longer what was registered.</summary>
internal sealed record ChangeTokenCodeStep : Step
{
    private const string Stop = "00";

    /// <summary>The token, as a step before named it.</summary>
    public required string Token { get; init; }

    /// <summary>False puts the registered code back.</summary>
    public bool On { get; init; } = true;

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        var token = world.Tokens.GetValueOrDefault(Token) ?? throw new ScenarioException($"no step before this one registered a token as '{Token}'");
        var code = Convert.ToHexStringLower(await token.CodeAsync(world.Chain));
        await world.Chain.CallAsync("anvil_setCode", token.Contract, $"0x{(On ? code + Stop : code[..^Stop.Length])}");
    }
}
