using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Custody.Testing;

/// <summary>A real Bitcoin node in regtest on a free loopback port, alone; it mines when it is told to.</summary>
public sealed class BitcoindNode : IAsyncDisposable
{
    /// <summary>Who calls it.</summary>
    public const string User = "custody";

    /// <summary>Guards nothing outside the test run.</summary>
    public const string Password = "not-a-secret";

    private static readonly HttpClient Http = new();
    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _process;

    private BitcoindNode(ChildProcess process, TemporaryFolder folder, Uri url)
    {
        _process = process;
        _folder = folder;
        Url = url;
    }

    /// <summary>Whether <c>./test</c> or <c>./run</c> found one; where none can be had its tests are skipped, and never where CI runs.</summary>
    public static bool IsThere => File.Exists(Binary);

    /// <summary>The JSON-RPC endpoint.</summary>
    public Uri Url { get; }

    private static string Binary => RepositoryRoot.Of("azurite", "bitcoind", "node", "bitcoind");

    /// <summary>Starts a node with a transaction index and an empty chain.</summary>
    public static async Task<BitcoindNode> StartAsync(IEnumerable<string>? more = null)
    {
        if (!IsThere)
        {
            throw new InvalidOperationException("bitcoind is not there: run ./test once, or azurite/bitcoind/prepare.sh azurite/bitcoind/node.");
        }

        var folder = new TemporaryFolder();
        var port = FreePort.Take(1)[0];
        var process = ChildProcess.Start(
            "bitcoind",
            Binary,
            [
                "-regtest", $"-datadir={folder.Path}", "-server", "-txindex=1", $"-rpcport={port}", "-rpcbind=127.0.0.1", "-rpcallowip=127.0.0.1",
                $"-rpcuser={User}", $"-rpcpassword={Password}", "-listen=0", "-dnsseed=0", "-discover=0", "-fallbackfee=0.0001", "-printtoconsole=1", .. more ?? [],
            ]);
        var node = new BitcoindNode(process, folder, new Uri($"http://127.0.0.1:{port}/"));
        await process.WaitUntilAsync(node.IsReadyAsync);
        return node;
    }

    /// <summary>Calls a JSON-RPC method and returns its result; an error reply throws.</summary>
    public async Task<JsonElement> CallAsync(string method, params object?[] parameters)
    {
        using var reply = await PostAsync(method, parameters);
        var body = await reply.Content.ReadFromJsonAsync<JsonElement>();
        return body.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null
            ? throw new InvalidOperationException($"{method}: {error}")
            : body.GetProperty("result").Clone();
    }

    /// <summary>Mines blocks whose reward an address gets.</summary>
    public Task MineAsync(string address, int blocks = 1) => CallAsync("generatetoaddress", blocks, address);

    /// <summary>Stops it as it should be: killed, it loses blocks.</summary>
    public Task StopAsync() => _process.StopAsync(TimeSpan.FromSeconds(30));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var reply = await PostAsync("getblockcount", []);
            return reply.StatusCode == HttpStatusCode.OK
                && (await reply.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("result", out var height) && height.ValueKind == JsonValueKind.Number;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string method, object?[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url)
        {
            Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method, @params = parameters }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
        return await Http.SendAsync(request);
    }
}
