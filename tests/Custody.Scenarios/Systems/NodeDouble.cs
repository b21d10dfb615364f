using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Custody.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Custody.Scenarios.Systems;

/// <summary>A JSON-RPC server in front of the real node that passes everything on, unless a behaviour is switched on.</summary>
internal sealed class NodeDouble : IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private readonly AnvilNode _node;
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, bool> _on = new(StringComparer.Ordinal);
    private readonly List<string> _lost = [];
    private Task<BigInteger>? _standsAt;

    private NodeDouble(AnvilNode node, WebApplication server) => (_node, _server) = (node, server);

    public Uri Url => new(_server.Urls.First());

    /// <summary>Kills the app, for behaviours that do.</summary>
    public Action KillApp { get; set; } = () => { };

    /// <summary>What every call that reaches the node goes through on its way there; nothing unless set.</summary>
    public Func<NodeCall, Task<JsonObject>>? Tap { get; set; }

    /// <summary>The raw transactions that were accepted and dropped, oldest first, each once.</summary>
    public IReadOnlyList<string> Lost
    {
        get
        {
            lock (_lost)
            {
                return [.. _lost];
            }
        }
    }

    public static async Task<NodeDouble> StartAsync(AnvilNode node)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var server = builder.Build();
        var made = new NodeDouble(node, server);
        server.Run(made.AnswerAsync);
        await server.StartAsync();
        return made;
    }

    public void Set(string behaviour, bool on)
    {
        if (!NodeLies.All.ContainsKey(behaviour))
        {
            throw new ScenarioException($"'{behaviour}' is no behaviour of the node; there are {string.Join(", ", NodeLies.All.Keys)}");
        }

        if (behaviour == "standsStill")
        {
            _standsAt = on ? HeightAsync() : null;
        }

        _on[behaviour] = on;
    }

    /// <summary>The height at which this node stands still.</summary>
    public Task<BigInteger> StandsAtAsync() => _standsAt ?? HeightAsync();

    /// <summary>Keeps and drops the bytes of a broadcast; the answer is the transaction's id, as the real node's would be.</summary>
    public string Lose(NodeCall call)
    {
        var raw = call.Parameters[0]!.GetValue<string>();
        lock (_lost)
        {
            if (!_lost.Contains(raw))
            {
                _lost.Add(raw);
            }
        }

        return "0x" + Convert.ToHexStringLower(Keccak(Convert.FromHexString(raw[2..])));
    }

    /// <summary>Hands lost bytes to the real node now; the answer is its error, or null.</summary>
    public async Task<string?> DeliverAsync(int index)
    {
        var request = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = "eth_sendRawTransaction", ["params"] = new JsonArray(Lost[index]) };
        var answer = await AskAsync(request);
        return answer["error"]?["message"]?.GetValue<string>();
    }

    /// <summary>The real node's answer to a request.</summary>
    public async Task<JsonObject> AskAsync(JsonObject request)
    {
        using var content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        using var reply = await Http.PostAsync(_node.Url, content);
        return (JsonObject)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static byte[] Keccak(byte[] data)
    {
        var digest = new Org.BouncyCastle.Crypto.Digests.KeccakDigest(256);
        digest.BlockUpdate(data);
        var hash = new byte[32];
        digest.DoFinal(hash);
        return hash;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        try
        {
            var request = (JsonObject)(await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!;
            var answer = await AnswerAsync(new NodeCall(request, () => AskAsync(request)));
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
        }
        catch (Exception away) when (away is NodeSilenceException or HttpRequestException)
        {
            // The double is silent, or the real node is stopped.
            http.Abort();
        }
        catch (OperationCanceledException)
        {
            // The app was killed while it asked.
        }
    }

    private async Task<JsonObject> AnswerAsync(NodeCall call)
    {
        if (Tap is { } tap)
        {
            var direct = call;
            call = call with { AskAsync = () => tap(direct) };
        }

        foreach (var (name, lie) in NodeLies.All)
        {
            if (_on.GetValueOrDefault(name) && await lie(this, call) is { } answer)
            {
                return answer;
            }
        }

        return await call.AskAsync();
    }

    private async Task<BigInteger> HeightAsync() => ChainLedger.Number((await _node.CallAsync("eth_blockNumber")).GetString());
}
