using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;
using Custody.Testing;

namespace Custody.Scenarios.Steps;

/// <summary>
/// Deploys a token whose whole supply is the vault's, and posts the version of governance that registers it, with a rule and
/// limits of its own. It weakens, so it waits for the governed delay.
/// </summary>
internal sealed record RegisterTokenStep : HttpStep
{
    /// <summary>What it is called in the script: <c>{{as.asset}}</c> and <c>{{as.contract}}</c> become variables.</summary>
    public required string As { get; init; }

    /// <summary>Which contract: openZeppelin (18 decimals), noReturn (6) or keepsFee (6).</summary>
    public required string Kind { get; init; }

    /// <summary>The decimals that are registered; the contract's own unless it says otherwise.</summary>
    public int? Decimals { get; init; }

    /// <summary>The most gas that a transfer may use.</summary>
    public int GasCeiling { get; init; } = 100_000;

    /// <summary>The vault that holds it and pays it; the first unless it says otherwise.</summary>
    public string? Vault { get; init; }

    /// <summary>Whether somebody outside holds it, who can pay it to us; else the vault does.</summary>
    public bool Outside { get; init; }

    /// <summary>What the vault holds of it, base units.</summary>
    public string Supply { get; init; } = "1000000000";

    public override string? Problem() => TestToken.Kinds.ContainsKey(Kind) ? base.Problem() : $"'{Kind}' is no token; there are {string.Join(", ", TestToken.Kinds.Keys)}";

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var token = await TestToken.DeployAsync(world.Chain, Kind, BigInteger.Parse(Supply, CultureInfo.InvariantCulture), Outside ? World.Depositor : world.AddressOf(Vault ?? world.Vault.Id));
        var contract = EvmAddress.Parse(token.Contract).ToString();
        var asset = $"{world.Vault.Chain}/erc20:{contract}";
        var hash = $"0x{Convert.ToHexStringLower(Keccak256.Hash(await token.CodeAsync(world.Chain)))}";
        world.Tokens[As] = token;
        world.Variables.Set($"{As}.asset", asset);
        world.Variables.Set($"{As}.contract", contract);
        var document = await new GovernanceDrafts(world).NextAsync([], risk: true, ["grace", "gordon"], cancellation, next => Register(next, Vault ?? world.Vault.Id, asset, hash));
        return await world.Api.SendAsync(HttpMethod.Post, "governance", "grace", Token, document.ToBytes(), "application/json", null, cancellation);
    }

    private void Register(JsonObject governance, string vault, string asset, string hash)
    {
        governance["assets"]!.AsArray().Add(new JsonObject
        {
            ["id"] = asset,
            ["symbol"] = As,
            ["decimals"] = Decimals ?? TestToken.Kinds[Kind],
            ["token"] = new JsonObject { ["codeHash"] = hash, ["gasCeiling"] = GasCeiling },
        });
        var rule = governance["rules"]![0]!.DeepClone();
        (rule["id"], rule["assets"], rule["vaultId"]) = ($"token-{As}", new JsonArray(asset), vault);
        governance["rules"]!.AsArray().Add(rule);
        var limits = governance["limits"]!.AsArray();
        foreach (var limit in limits.Select(l => l!.DeepClone()).DistinctBy(l => l["scope"]!.ToString()).ToList())
        {
            limit["asset"] = asset;
            limits.Add(limit);
        }
    }
}
