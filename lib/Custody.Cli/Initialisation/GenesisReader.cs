using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Assets;

namespace Custody.Cli.Initialisation;

/// <summary>Asks each chain's node for block 0, which governance pins: a node with another genesis is on another chain.</summary>
internal sealed class GenesisReader : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>The genesis hashes by chain; null with a sentence when one is not to be had.</summary>
    public async Task<(IReadOnlyDictionary<ChainId, string>? Hashes, string? Problem)> ReadAsync(InitialisationPlan plan, CancellationToken cancellation)
    {
        var hashes = new Dictionary<ChainId, string>();
        foreach (var chain in plan.Chains)
        {
            if (chain.GenesisHash is { } known)
            {
                hashes[chain.Id] = known;
                continue;
            }

            try
            {
                if (await AskAsync(chain, hashes, cancellation) is { } problem)
                {
                    return (null, problem);
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
                || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                return (null, $"The node {chain.Endpoint} of the chain {chain.Id} does not say its genesis hash ({failure.Message}); start it, or give genesisHash in the plan.");
            }
        }

        return (hashes, null);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> AskAsync(ChainPlan chain, Dictionary<ChainId, string> hashes, CancellationToken cancellation)
    {
        if (!chain.Id.IsEvm)
        {
            return $"The chain {chain.Id} needs a genesisHash in the plan; only eip155 nodes can be asked.";
        }

        var id = (await CallAsync(chain, "eth_chainId", [], cancellation)).GetString();
        var expected = "0x" + chain.Id.EvmChainId.ToString("x", CultureInfo.InvariantCulture);
        if (id != expected)
        {
            return $"The node {chain.Endpoint} is on the chain {id}, and the plan says {chain.Id} ({expected}).";
        }

        var hash = (await CallAsync(chain, "eth_getBlockByNumber", ["0x0", false], cancellation)).GetProperty("hash").GetString();
        if (hash is not { Length: 66 })
        {
            return $"The node {chain.Endpoint} gave no hash of block 0.";
        }

        hashes[chain.Id] = hash.ToLowerInvariant();
        return null;
    }

    private async Task<JsonElement> CallAsync(ChainPlan chain, string method, object[] parameters, CancellationToken cancellation)
    {
        using var reply = await _http.PostAsJsonAsync(chain.Endpoint, new { jsonrpc = "2.0", id = 1, method, @params = parameters }, cancellation);
        var body = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return body.GetProperty("result").Clone();
    }
}
