using System.Globalization;
using Custody.Cli.Initialisation;
using Custody.Cli.Initialisation.Plan;
using Custody.Testing;

namespace Custody.Scenarios.Systems;

/// <summary>
/// One system, initialised as <c>custody init</c> does it, that every script gets a copy of: setting it up takes seconds, most
/// of them in the token. Governance, keys and trust root are the same in all copies, storage and chain are each script's own.
/// </summary>
internal sealed class SystemTemplate : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private SystemTemplate(TemporaryFolder folder, InitialisedSystem system, long genesis) => (_folder, System, Genesis) = (folder, system, genesis);

    /// <summary>The system, with every key open.</summary>
    public InitialisedSystem System { get; }

    /// <summary>The time of the chain's first block: the same in each copy, since governance pins that block's hash.</summary>
    public long Genesis { get; }

    public string StorageFolder => _folder.Of("storage");

    public string WitnessFolder => _folder.Of("home", "witness");

    /// <summary>Sets one up. Where new whitelist entries cool off for a day, the setup is two days old, so that its own can be used.</summary>
    public static async Task<SystemTemplate> CreateAsync(bool coolsOff, CancellationToken cancellation)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("storage"));
        var genesis = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await using var azurite = await AzuriteServer.StartAsync(folder.Of("storage"));
        await using var node = await AnvilNode.StartAsync(more: GenesisAt(genesis));
        _ = SoftHsm.ConfigurationPath;
        var plan = ScenarioPlan.Create(new LocalPlaces
        {
            Node = node.Url.ToString(),
            PipelineStorage = azurite.PipelineConnection,
            JournalStorage = azurite.JournalConnection,
            Module = SoftHsm.ModulePath,
            TokenPrefix = coolsOff ? "cool" : "scen",
        });
        plan = coolsOff ? plan with { Whitelist = plan.Whitelist with { CoolingOffSeconds = 86_400 } } : plan;
        TimeProvider time = coolsOff ? new TimeBehind(TimeSpan.FromDays(2)) : TimeProvider.System;
        var result = await new Initialiser(plan, folder.Of("home"), time).RunAsync(cancellation);
        var system = result is InitialisationResult.Done done ? done.System : throw new ScenarioException($"the system could not be initialised: {result}");
        await azurite.StopAsync();
        return new SystemTemplate(folder, system, genesis);
    }

    public static string[] GenesisAt(long genesis) => ["--timestamp", genesis.ToString(CultureInfo.InvariantCulture)];

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        _folder.Dispose();
    }
}
