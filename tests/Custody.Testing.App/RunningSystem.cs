using System.Globalization;
using System.Net;
using System.Numerics;
using Custody.Cli.Initialisation;
using Custody.Cli.Initialisation.Plan;
using Custody.Storage;
using Custody.Storage.Journals;

namespace Custody.Testing.App;

/// <summary>
/// The whole system on one machine, real in every part: Azurite, anvil, SoftHSM, initialised as <c>custody init</c> does it,
/// and the app as a process of its own that can be killed and started again.
/// </summary>
public sealed class RunningSystem : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Dictionary<string, string> _settings;
    private readonly int _port;
    private readonly Action<string>? _appLine;

    private RunningSystem(TemporaryFolder folder, AzuriteServer azurite, AnvilNode chain, InitialisedSystem system, RunningSystemOptions options)
    {
        (_folder, Azurite, Chain, System) = (folder, azurite, chain, system);
        _appLine = options.AppLine;
        _port = FreePort.Take(1)[0];
        Url = new Uri($"http://127.0.0.1:{_port}/");
        _settings = new Dictionary<string, string>(system.Settings, StringComparer.Ordinal)
        {
            ["Custody__Api__PublicUrl"] = Url.ToString(),
            ["Custody__Schedules__Watch"] = "* * * * * *",
            ["Custody__Schedules__Sweep"] = options.SweepSchedule,
            ["SOFTHSM2_CONF"] = SoftHsm.ConfigurationPath,
        };
        foreach (var (name, value) in options.Settings)
        {
            _settings[name] = value;
        }

        if (options.Split)
        {
            Roles = RunningRoles.Of(system.Home, _settings, TimeProvider.System.GetUtcNow());
            _settings = new Dictionary<string, string>(Roles.Settings("pipeline"), StringComparer.Ordinal);
        }

        Api = new ApiClient(this);
        Storage = new CustodyStorage(new CustodyStorageOptions
        {
            Pipeline = new StorageAccountOptions { ConnectionString = azurite.PipelineConnection },
            Journals = new StorageAccountOptions { ConnectionString = azurite.JournalConnection },
            Witness = new FileHeadWitness(folder.Of("home", "witness")),
            TrustRoot = system.TrustRoot,
        });
    }

    /// <summary>The storage server.</summary>
    public AzuriteServer Azurite { get; }

    /// <summary>The node.</summary>
    public AnvilNode Chain { get; }

    /// <summary>What init made, with every key.</summary>
    public InitialisedSystem System { get; }

    /// <summary>The app's address.</summary>
    public Uri Url { get; }

    /// <summary>A client of the app's API that speaks for anybody.</summary>
    public ApiClient Api { get; }

    /// <summary>The stores, to look into beside the app.</summary>
    public CustodyStorage Storage { get; }

    /// <summary>The app's process; null before the first start.</summary>
    public ChildProcess? App { get; private set; }

    /// <summary>The signer's and the sender's processes; null when one process holds all roles.</summary>
    public RunningRoles? Roles { get; }

    /// <summary>Everything that every start of the app printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The vault's account.</summary>
    public string VaultAddress => System.Governance.Vaults[0].EvmAddress().ToString();

    /// <summary>Sets everything up and starts the app.</summary>
    public static async Task<RunningSystem> StartAsync(RunningSystemOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new RunningSystemOptions();
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("storage"));
        var azurite = await AzuriteServer.StartAsync(folder.Of("storage"), options.StorageLine);
        var chain = await AnvilNode.StartAsync(onLine: options.NodeLine);
        _ = SoftHsm.ConfigurationPath;
        var plan = options.Plan(LocalPlan.Create(new LocalPlaces
        {
            Node = chain.Url.ToString(),
            PipelineStorage = azurite.PipelineConnection,
            JournalStorage = azurite.JournalConnection,
            Module = SoftHsm.ModulePath,
            TokenPrefix = $"app{Guid.NewGuid():N}"[..12],
        }));
        var result = await new Initialiser(plan, folder.Of("home"), TimeProvider.System).RunAsync(cancellation);
        var system = result is InitialisationResult.Done done ? done.System : throw new InvalidOperationException($"init failed: {result}");
        var running = new RunningSystem(folder, azurite, chain, system, options);
        await chain.SetBalanceAsync(running.VaultAddress, "0x" + (10_000 * BigInteger.Pow(10, 18)).ToString("x", CultureInfo.InvariantCulture));
        if (running.Roles is { } roles)
        {
            await roles.StartAsync("signer");
            await roles.StartAsync("sender");
        }

        await running.StartAppAsync(cancellation);
        return running;
    }

    /// <summary>Starts the app and waits until it answers.</summary>
    public async Task StartAppAsync(CancellationToken cancellation = default)
    {
        var app = Path.Combine(AppContext.BaseDirectory, "Custody.Functions.dll");
        App = ChildProcess.Start("the app", "dotnet", [app, "--port", $"{_port}"], _settings, onLine: _appLine);
        await App.WaitUntilAsync(
            async () =>
            {
                try
                {
                    using var reply = await ApiClient.Http.GetAsync(new Uri(Url, "api/v1/health"), cancellation);
                    return reply.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(120));
    }

    /// <summary>SIGKILL, then a new start.</summary>
    public async Task KillAndRestartAsync(CancellationToken cancellation = default)
    {
        App!.Kill();
        Output += App.Output + "\n--- killed ---\n";
        await App.DisposeAsync();
        await StartAppAsync(cancellation);
    }

    /// <summary>Starts the app with other settings, where null takes one away, and waits for its end: for starts that are refused.</summary>
    public async Task<EndedStart> StartToEndAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellation)
    {
        var settings = new Dictionary<string, string>(_settings, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            _ = value is null ? settings.Remove(name) : (settings[name] = value) is null;
        }

        var app = Path.Combine(AppContext.BaseDirectory, "Custody.Functions.dll");
        await using var process = ChildProcess.Start("the app", "dotnet", [app, "--port", $"{FreePort.Take(1)[0]}"], settings);
        await process.WaitForExitAsync(cancellation);
        return new EndedStart(process.ExitCode, process.Output);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (App is not null)
        {
            await App.DisposeAsync();
        }

        if (Roles is not null)
        {
            await Roles.DisposeAsync();
        }

        await System.DisposeAsync();
        await Chain.DisposeAsync();
        await Azurite.DisposeAsync();
        _folder.Dispose();
    }
}
