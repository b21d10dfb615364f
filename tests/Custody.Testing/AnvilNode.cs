using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;

namespace Custody.Testing;

/// <summary>A real EVM node (anvil) on a free loopback port, one block a second unless told otherwise.</summary>
public sealed class AnvilNode : IAsyncDisposable
{
    private const string State = "state.json";
    private static readonly HttpClient Http = new();
    private readonly TemporaryFolder _folder;
    private readonly IReadOnlyList<string> _arguments;
    private ChildProcess _process;

    private AnvilNode(ChildProcess process, TemporaryFolder folder, IReadOnlyList<string> arguments, Uri url)
    {
        _process = process;
        _folder = folder;
        _arguments = arguments;
        Url = url;
    }

    /// <summary>The JSON-RPC endpoint.</summary>
    public Uri Url { get; }

    /// <summary>Starts a node. <paramref name="blockSeconds"/> null mines each transaction at once.</summary>
    public static async Task<AnvilNode> StartAsync(int? blockSeconds = 1, long chainId = 31337, IEnumerable<string>? more = null, Action<string>? onLine = null)
    {
        var folder = new TemporaryFolder();
        var port = FreePort.Take(1)[0];
        if (!File.Exists(RepositoryRoot.Of("azurite", "node_modules", "@foundry-rs", "anvil-linux-amd64", "bin", "anvil")))
        {
            throw new InvalidOperationException("anvil is not installed: run ./test once, or npm ci in azurite/.");
        }

        List<string> arguments =
            ["--host", "127.0.0.1", "--port", $"{port}", .. onLine is null ? ["--silent"] : Array.Empty<string>(), "--chain-id", $"{chainId}", "--cache-path", folder.Of("cache")];
        if (blockSeconds is { } seconds)
        {
            arguments.AddRange(["--block-time", $"{seconds}"]);
        }

        var node = new AnvilNode(Launch([.. arguments, .. more ?? []], folder, onLine), folder, arguments, new Uri($"http://127.0.0.1:{port}"));
        await node.WaitUntilReadyAsync();
        return node;
    }

    /// <summary>Stops the process as a crash would: its blocks are kept, its pool is gone, and nothing listens at <see cref="Url"/>.</summary>
    public async Task StopAsync()
    {
        var dump = Convert.FromHexString((await CallAsync("anvil_dumpState", true)).GetString()![2..]);
        _process.Kill();
        await using var zipped = new GZipStream(new MemoryStream(dump), CompressionMode.Decompress);
        await using var state = File.Create(_folder.Of(State));
        await zipped.CopyToAsync(state);
    }

    /// <summary>Starts it again at the same URL, with the blocks that it had.</summary>
    public async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = Launch([.. _arguments, "--load-state", _folder.Of(State)], _folder, null);
        await WaitUntilReadyAsync();
    }

    private static ChildProcess Launch(IReadOnlyList<string> arguments, TemporaryFolder folder, Action<string>? onLine) => ChildProcess.Start(
        "anvil",
        RepositoryRoot.Of("azurite", "node_modules", "@foundry-rs", "anvil-linux-amd64", "bin", "anvil"),
        arguments,
        new Dictionary<string, string> { ["HOME"] = folder.Path },
        folder.Path,
        onLine);

    private Task WaitUntilReadyAsync() => _process.WaitUntilAsync(async () =>
    {
        try
        {
            await CallAsync("eth_chainId");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });

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
