using System.Net.Sockets;

namespace Custody.Testing;

/// <summary>
/// A real Azurite with two storage accounts (the pipeline's and the journals'), in memory-free on-disk mode,
/// on free loopback ports and in its own temporary folder.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>The pipeline's account name.</summary>
    public const string PipelineAccount = "custodypipeline";

    /// <summary>The journals' account name.</summary>
    public const string JournalAccount = "custodyjournals";

    // Azurite's accounts are made up by whoever starts it; these keys guard nothing outside the test run.
    private static readonly string Key = Convert.ToBase64String("custody-test-storage-key-not-a-secret-0123456789abcdef0123456789"u8);
    private readonly TemporaryFolder? _ownFolder;
    private readonly int[] _ports;
    private ChildProcess _process;

    private AzuriteServer(ChildProcess process, int[] ports, string folder, TemporaryFolder? ownFolder)
    {
        _process = process;
        _ports = ports;
        Folder = folder;
        _ownFolder = ownFolder;
    }

    /// <summary>Where Azurite keeps its state; copy it while stopped to take a "backup".</summary>
    public string Folder { get; }

    /// <summary>Connection string of the pipeline's account.</summary>
    public string PipelineConnection => Connection(PipelineAccount);

    /// <summary>Connection string of the journals' account.</summary>
    public string JournalConnection => Connection(JournalAccount);

    /// <summary>Where the blob service listens.</summary>
    public int BlobPort => _ports[0];

    /// <summary>Where the table service listens.</summary>
    public int TablePort => _ports[2];

    /// <summary>The server's process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts a server and waits until its three services accept connections. <paramref name="onLine"/> is given its access log.</summary>
    public static async Task<AzuriteServer> StartAsync(string? folder = null, Action<string>? onLine = null)
    {
        var own = folder is null ? new TemporaryFolder() : null;
        var location = folder ?? own!.Path;
        var ports = FreePort.Take(3);
        var process = await LaunchAsync(location, ports, onLine);
        return new AzuriteServer(process, ports, location, own);
    }

    /// <summary>Stops the server cleanly, keeping its folder.</summary>
    public Task StopAsync() => _process.StopAsync();

    /// <summary>Starts a stopped server again on the same ports and folder.</summary>
    public async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = await LaunchAsync(Folder, _ports, null);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _ownFolder?.Dispose();
    }

    private static async Task<ChildProcess> LaunchAsync(string folder, int[] ports, Action<string>? onLine)
    {
        var script = RepositoryRoot.Of("azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            throw new InvalidOperationException("Azurite is not installed: run ./test once, or npm ci in azurite/.");
        }

        var process = ChildProcess.Start(
            "Azurite",
            "node",
            [script, .. onLine is null ? ["--silent"] : Array.Empty<string>(), "--disableTelemetry", "--skipApiVersionCheck", "--location", folder,
             "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
             "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}"],
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{PipelineAccount}:{Key};{JournalAccount}:{Key}" },
            folder,
            onLine);
        await process.WaitUntilAsync(async () => await Accepts(ports[0]) && await Accepts(ports[1]) && await Accepts(ports[2]));
        return process;
    }

    private static async Task<bool> Accepts(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Connection(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};" +
        $"BlobEndpoint=http://127.0.0.1:{_ports[0]}/{account};QueueEndpoint=http://127.0.0.1:{_ports[1]}/{account};TableEndpoint=http://127.0.0.1:{_ports[2]}/{account};";
}
