using System.Net.Http.Json;
using System.Text.Json;

namespace Custody.Testing;

/// <summary>A real EVM node (anvil) on a free loopback port, one block a second unless told otherwise.</summary>
public sealed class AnvilNode : IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _process;

    private AnvilNode(ChildProcess process, TemporaryFolder folder, Uri url)
    {
        _process = process;
        _folder = folder;
        Url = url;
    }

    /// <summary>The JSON-RPC endpoint.</summary>
    public Uri Url { get; }

    /// <summary>Starts a node. <paramref name="blockSeconds"/> null mines each transaction at once.</summary>
    public static async Task<AnvilNode> StartAsync(int? blockSeconds = 1, long chainId = 31337, IEnumerable<string>? more = null, Action<string>? onLine = null)
    {
        var folder = new TemporaryFolder();
        var port = FreePort.Take(1)[0];
        var binary = RepositoryRoot.Of("azurite", "node_modules", "@foundry-rs", "anvil-linux-amd64", "bin", "anvil");
        if (!File.Exists(binary))
        {
            throw new InvalidOperationException("anvil is not installed: run ./test once, or npm ci in azurite/.");
        }

        List<string> arguments =
            ["--host", "127.0.0.1", "--port", $"{port}", .. onLine is null ? ["--silent"] : Array.Empty<string>(), "--chain-id", $"{chainId}", "--cache-path", folder.Of("cache")];
        if (blockSeconds is { } seconds)
        {
            arguments.AddRange(["--block-time", $"{seconds}"]);
        }

        arguments.AddRange(more ?? []);
        var process = ChildProcess.Start("anvil", binary, arguments, new Dictionary<string, string> { ["HOME"] = folder.Path }, folder.Path, onLine);
        var node = new AnvilNode(process, folder, new Uri($"http://127.0.0.1:{port}"));
        await process.WaitUntilAsync(async () =>
        {
            try
            {
                await node.CallAsync("eth_chainId");
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return node;
    }

    /// <summary>Calls a JSON-RPC method and returns its result; an error reply throws.</summary>
    public async Task<JsonElement> CallAsync(string method, params object?[] parameters)
    {
        using var reply = await Http.PostAsJsonAsync(Url, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        var body = await reply.Content.ReadFromJsonAsync<JsonElement>();
        return body.TryGetProperty("error", out var error)
            ? throw new InvalidOperationException($"{method}: {error}")
            : body.GetProperty("result").Clone();
    }

    /// <summary>Mines <paramref name="blocks"/> blocks now.</summary>
    public Task MineAsync(int blocks = 1) => CallAsync("anvil_mine", $"0x{blocks:x}");

    /// <summary>Sets an account's balance, in wei as a hex quantity.</summary>
    public Task SetBalanceAsync(string address, string weiHex) => CallAsync("anvil_setBalance", address, weiHex);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
