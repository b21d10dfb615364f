using System.Globalization;
using System.Numerics;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Maintenance;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Scenarios.Crashes;
using Custody.Testing;
using Custody.Vaults.DocumentKeys;

namespace Custody.Scenarios.Systems;

/// <summary>One script's whole system: storage, chain, node double and app, copied from the template and shared with nobody.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly EffectServer? _effects;
    private readonly Dictionary<string, SoftwareAuthenticator> _authenticators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SoftwareDocumentSigner> _newcomers = new(StringComparer.Ordinal);

    private World(
        string script, SystemTemplate template, TemporaryFolder folder, AzuriteServer azurite, AnvilNode chain, IReadOnlyList<NodeDouble> nodes, ProviderDouble provider, EffectServer? effects)
    {
        _effects = effects;
        (Script, Template, _folder, Azurite, Chain, Nodes, Provider) = (script, template, folder, azurite, chain, nodes, provider);
        Storage = new StorageAccess(azurite);
        AppTokens = new TokenStore(folder, [.. template.System.Settings.Where(s => s.Key.EndsWith("__TokenLabel", StringComparison.Ordinal)).Select(s => s.Value)]);
        People = new People(template.System);
        App = new AppProcess(folder, Settings());
        Api = new Api(this);
        Variables = new Variables(this);
        Ledger = new ChainLedger(chain, [.. Vaults.Select(v => v.EvmAddress().ToString())]);
        foreach (var node in nodes)
        {
            node.KillApp = App.Kill;
        }
    }

    public string Script { get; }

    public SystemTemplate Template { get; }

    public AzuriteServer Azurite { get; }

    public AnvilNode Chain { get; }

    /// <summary>The providers of the chain, all of which stand in front of the same real node.</summary>
    public IReadOnlyList<NodeDouble> Nodes { get; }

    public NodeDouble Node => Nodes[0];

    public ProviderDouble Provider { get; }

    public StorageAccess Storage { get; }

    /// <summary>The app's PKCS#11 tokens; people's devices are elsewhere.</summary>
    public TokenStore AppTokens { get; }

    public People People { get; }

    public AppProcess App { get; }

    public Api Api { get; }

    public Variables Variables { get; }

    public ChainLedger Ledger { get; }

    /// <summary>The withdrawals that the script submitted, by the name that it gave them.</summary>
    public Dictionary<string, string> Withdrawals { get; } = new(StringComparer.Ordinal);

    /// <summary>The whitelist entries that the script proposed, by the name that it gave them.</summary>
    public Dictionary<string, KnownEntry> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that were read before storage was put back.</summary>
    public Dictionary<string, WithdrawalCase> Remembered { get; } = new(StringComparer.Ordinal);

    /// <summary>The governance versions that were in force before storage was put back, oldest first, as anybody could have fetched them.</summary>
    public IReadOnlyList<SignedDocument> Governance { get; private set; } = [];

    /// <summary>The withdrawal of each transaction that was ever seen signed.</summary>
    public Dictionary<string, string> Signed { get; } = new(StringComparer.Ordinal);

    /// <summary>The tokens that the script registered, by the name that it gave them.</summary>
    public Dictionary<string, TestToken> Tokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Transactions that a step of the script stole.</summary>
    public HashSet<string> Stolen { get; } = new(StringComparer.Ordinal);

    /// <summary>The order of each transaction of upkeep that was ever seen signed.</summary>
    public Dictionary<string, UpkeepOrder> Filled { get; } = new(StringComparer.Ordinal);

    /// <summary>The approvers' authenticators, each with its counter.</summary>
    public SoftwareAuthenticator Authenticator(string who)
    {
        if (!_authenticators.TryGetValue(who, out var authenticator))
        {
            authenticator = _authenticators[who] = new SoftwareAuthenticator(People.AuthenticatorDevice(who));
        }

        return authenticator;
    }

    /// <summary>The key of somebody whom no governance in force names, made when it is first asked for.</summary>
    public SoftwareDocumentSigner Newcomer(string who)
    {
        if (!_newcomers.TryGetValue(who, out var signer))
        {
            signer = _newcomers[who] = DocumentKeyFile.Generate(_folder.Of($"newcomer-{who}.pem"), $"governor-{who}", SignatureAlgorithm.Es256);
        }

        return signer;
    }

    /// <summary>How far the app's clock is ahead of the machine's.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>The time by the app's clock.</summary>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + ClockOffset;

    /// <summary>When the lists that the script imports were published: the same for all, so that two people can sign the same one.</summary>
    public DateTimeOffset SanctionsPublishedAt { get; } = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>A second hot vault, which no rule names until a script says so.</summary>
    public const string SecondVault = "hot-2";

    /// <summary>Somebody who pays us: one of the accounts that anvil funds and signs for.</summary>
    public const string Depositor = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    public IReadOnlyList<VaultRegistration> Vaults => Template.System.Governance.Vaults;

    public VaultRegistration Vault => Template.System.Governance.Vaults[0];

    public string VaultAddress => Vault.EvmAddress().ToString();

    public string WitnessFolder => _folder.Of("witness");

    /// <summary>Starts one; with <paramref name="tap"/> everything that the app does to the outside passes there.</summary>
    public static async Task<World> StartAsync(string script, SystemTemplate template, int nodes, CancellationToken cancellation, EffectTap? tap = null)
    {
        var folder = new TemporaryFolder();
        Folders.Replace(template.StorageFolder, folder.Of("storage"));
        Folders.Replace(template.WitnessFolder, folder.Of("witness"));
        var starting = AzuriteServer.StartAsync(folder.Of("storage"));
        var chain = await AnvilNode.StartAsync(more: SystemTemplate.GenesisAt(template.Genesis));
        var doubles = await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => NodeDouble.StartAsync(chain)));
        var azurite = await starting;
        var world = new World(
            script, template, folder, azurite, chain, doubles, await ProviderDouble.StartAsync(), tap is null ? null : await EffectServer.StartAsync(azurite, tap));
        try
        {
            if (tap is not null)
            {
                (tap.KillApp, world.Node.Tap) = (world.App.Kill, tap.NodeAsync);
                await world.App.ControlAsync("effects", System.Text.Json.Nodes.JsonValue.Create(world._effects!.VaultUrl), cancellation);
            }

            await chain.CallAsync("anvil_setTime", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
            // A chain gives time from its first final block on, and a script may stop the mining at once.
            await chain.MineAsync(template.System.Governance.Chains[0].FinalityDepth);
            foreach (var vault in world.Vaults)
            {
                await chain.SetBalanceAsync(vault.EvmAddress().ToString(), "0x" + (100 * BigInteger.Pow(10, 18)).ToString("x", CultureInfo.InvariantCulture));
            }

            await world.App.StartAsync(cancellation);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>The account of a vault of the setup.</summary>
    public string AddressOf(string vaultId) => Vaults.FirstOrDefault(v => v.Id == vaultId)?.EvmAddress().ToString()
        ?? throw new ScenarioException($"there is no vault '{vaultId}'");

    public string BackupFolder(string name) => _folder.Of("backup-" + name);

    /// <summary>The id of a withdrawal that the script named.</summary>
    public string Id(string name) => Withdrawals.TryGetValue(name, out var id)
        ? id
        : throw new ScenarioException($"no step before this one submitted a withdrawal as '{name}'");

    /// <summary>An entry that the script named, or one of the setup by its id.</summary>
    public async Task<KnownEntry> EntryAsync(string name, CancellationToken cancellation) =>
        Entries.TryGetValue(name, out var known) ? known
        : (await StopLines.ReadAsync(Storage, cancellation)).StandingOf(name).Activation is { } activation ? new KnownEntry(name, activation.Signed.PayloadBytes())
        : throw new ScenarioException($"no step before this one proposed '{name}', and the setup has no such entry");

    /// <summary>A withdrawal's file, or what it was when storage was put back to a time before it.</summary>
    public async Task<WithdrawalCase?> FileAsync(string name, CancellationToken cancellation) =>
        await Storage.Custody.Withdrawals.LoadAsync(Id(name), cancellation) ?? Remembered.GetValueOrDefault(Id(name));

    /// <summary>Keeps what storage holds of the withdrawals, so that the chain can still be explained when it is gone.</summary>
    public async Task RememberAsync(CancellationToken cancellation)
    {
        foreach (var id in Withdrawals.Values)
        {
            if (await Storage.Custody.Withdrawals.LoadAsync(id, cancellation) is { } file)
            {
                Remembered[id] = file;
            }

            foreach (var signed in await Storage.Custody.SignedTransactions.OfAsync(id, cancellation))
            {
                Signed[Hash(signed)] = id;
            }
        }

        var stops = await StopLines.ReadAsync(Storage, cancellation);
        if (Governance.Count < stops.GovernanceVersion)
        {
            Governance = await VersionsAsync(stops.GovernanceVersion, stops.GovernanceDigest, cancellation);
        }

        foreach (var fill in await Storage.Custody.Upkeep.ListAsync(open: false, 100, cancellation))
        {
            foreach (var signed in await Storage.Custody.SignedTransactions.OfAsync(fill.File.Id, cancellation))
            {
                Filled[Hash(signed)] = fill.File.Order;
            }
        }
    }

    // Of the bytes, whatever somebody has written beside them.
    private static string Hash(SignedTransactionRecord signed) => $"0x{Convert.ToHexStringLower(Keccak256.Hash(Convert.FromHexString(signed.Signed)))}";

    private async Task<IReadOnlyList<SignedDocument>> VersionsAsync(int version, string digest, CancellationToken cancellation)
    {
        var stored = await Storage.Custody.Facts.ReadAsync(FactKind.Governance, FactId.Governance(version, digest), cancellation);
        return stored is null ? [] : version <= 1 ? [stored]
            : [.. await VersionsAsync(version - 1, (string)System.Text.Json.Nodes.JsonNode.Parse(stored.PayloadBytes())!["previous"]!, cancellation), stored];
    }

    /// <summary>Does something to the storage's folder, with the server stopped.</summary>
    public async Task WithStorageStoppedAsync(Action action)
    {
        if (App.IsRunning)
        {
            throw new ScenarioException("the app must not run while storage is copied: kill or stop it first");
        }

        await Azurite.StopAsync();
        action();
        await Azurite.RestartAsync();
    }

    /// <summary>What a person needs to see when a script does not hold.</summary>
    public string Story() => string.Join('\n', App.Output.Split('\n').Where(l => l.Contains("warn: ", StringComparison.Ordinal) || l.Contains("fail: ", StringComparison.Ordinal) || l.Contains("crit: ", StringComparison.Ordinal)).TakeLast(25));

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Provider.DisposeAsync();
        if (_effects is not null)
        {
            await _effects.DisposeAsync();
        }

        await Chain.DisposeAsync();
        await Azurite.DisposeAsync();
        foreach (var newcomer in _newcomers.Values)
        {
            newcomer.Dispose();
        }

        _folder.Dispose();
    }

    private string Through(string connection) => _effects?.Through(connection) ?? connection;

    private Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(Template.System.Settings, StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = Through(Azurite.PipelineConnection),
            ["Custody__Storage__Pipeline"] = Through(Azurite.PipelineConnection),
            ["Custody__Storage__Journals"] = Through(Azurite.JournalConnection),
            ["Custody__WitnessFolder"] = WitnessFolder,
            ["Custody__Chains__0__Endpoint"] = Node.Url.ToString(),
            ["Custody__Schedules__Watch"] = "* * * * * *",
            ["Custody__Schedules__Sweep"] = "*/2 * * * * *",
            ["Custody__Screening__Endpoint"] = Provider.Url.ToString(),
            ["Custody__Screening__Key"] = ProviderDouble.Key,
            ["SOFTHSM2_CONF"] = AppTokens.ConfigurationPath,
        };
        for (var i = 0; Nodes.Count > 1 && i < Nodes.Count; i++)
        {
            settings.Remove("Custody__Chains__0__Endpoint");
            settings[$"Custody__Chains__0__Providers__{i}__Name"] = $"node-{i + 1}";
            settings[$"Custody__Chains__0__Providers__{i}__Endpoint"] = Nodes[i].Url.ToString();
        }

        return settings;
    }
}
