using System.Text.Json.Nodes;
using Custody.Core.Encoding;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>One operator orders that the chain is read again: after the newest block that the watcher followed and the chain has.</summary>
internal sealed record RewindStep : HttpStep
{
    public required string Who { get; init; }

    /// <summary>So many blocks above or below that one, with the hash that the chain has there.</summary>
    public int Off { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var stored = await world.Storage.Custody.Watch.LoadCursorAsync(world.Vault.Chain, cancellation) ?? throw new ScenarioException("the chain is not watched");
        var followed = JsonNode.Parse(stored.Content.Span)!["blocks"]!.AsArray().Select(b => ((ulong)b!["number"]!, (string)b["hash"]!)).ToList();
        var common = followed.Count - 1;
        while (common > 0 && await HashAsync(world, followed[common].Item1) != followed[common].Item2)
        {
            common--;
        }

        var block = (ulong)((long)followed[common].Item1 + Off);
        var usual = new JsonObject
        {
            ["fromBlock"] = followed[^1].Item1,
            ["fromHash"] = followed[^1].Item2,
            ["block"] = block,
            ["blockHash"] = await HashAsync(world, block),
        };
        return await world.Api.PostSignedAsync(
            "maintenance/rewinds", await new Statements(world).RewindAsync(Merge.Over(usual, Statement), Who, Sign, cancellation), Who, Token, cancellation);
    }

    private static async Task<string> HashAsync(World world, ulong block) =>
        (await world.Chain.CallAsync("eth_getBlockByNumber", $"0x{block:x}", false)).GetProperty("hash").GetString()!;
}
