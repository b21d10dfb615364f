using Azure.Identity;
using Custody.Chains.Evm;
using Custody.Comparison.Evm;
using Custody.Core.Alerts;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Prices;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Transactions;
using Custody.Core.Vaults;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Approvals;
using Custody.Functions.Audit;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Custody.Functions.Maintenance;
using Custody.Functions.Policy;
using Custody.Functions.Screening;
using Custody.Functions.Telemetry;
using Custody.Functions.Whitelist;
using Custody.Functions.Withdrawals;
using Custody.Storage;
using Custody.Storage.Journals;
using Custody.Vaults.Gate;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Composition;

/// <summary>The composition root: the only place that knows every part, and the only one that reads the system's clock.</summary>
public static class CustodyApp
{
    /// <summary>Adds the whole app to a builder. Throws <see cref="SettingsException"/> before anything starts when a setting is missing or malformed.</summary>
    public static FunctionsApplicationBuilder AddCustody(this FunctionsApplicationBuilder builder)
    {
        var settings = SettingsReader.Read(builder.Configuration);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<CallerMiddleware>();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new CallerDeclarations(typeof(CustodyApp).Assembly));
        builder.Services.AddSingleton(BuildFacts.Of(typeof(CustodyApp).Assembly, settings));
        builder.Services.TryAddSingleton(TimeProvider.System);
        AddStorage(builder.Services, settings);
        AddChains(builder.Services, settings);
        AddSigner(builder.Services, settings);
        AddScreening(builder.Services);
        AddPipeline(builder.Services);
        AddWhitelist(builder.Services);
        OpenTelemetrySetup.Add(builder.Services, settings.Telemetry);
        return builder;
    }

    private static void AddStorage(IServiceCollection services, CustodySettings settings)
    {
        services.AddSingleton<IHeadWitness>(new FileHeadWitness(settings.WitnessFolder));
        services.AddSingleton(provider => new CustodyStorage(new CustodyStorageOptions
        {
            Pipeline = Account(settings.PipelineStorage),
            Journals = Account(settings.JournalStorage),
            Witness = provider.GetRequiredService<IHeadWitness>(),
            TrustRoot = settings.TrustRoot,
            Time = provider.GetRequiredService<TimeProvider>(),
        }));
        services.AddSingleton<IWithdrawalStore>(p => p.GetRequiredService<CustodyStorage>().Withdrawals);
        services.AddSingleton<IAuditTrail>(p => p.GetRequiredService<CustodyStorage>().Audit);
        services.AddSingleton<IAlertOutbox>(p => p.GetRequiredService<CustodyStorage>().Alerts);
        services.AddSingleton<IFactStore>(p => p.GetRequiredService<CustodyStorage>().Facts);
        services.AddSingleton<INonceStore>(p => p.GetRequiredService<CustodyStorage>().Nonces);
        services.AddSingleton<IReservationStore>(p => p.GetRequiredService<CustodyStorage>().Reservations);
        services.AddSingleton<IPriceStore>(p => p.GetRequiredService<CustodyStorage>().Prices);
        services.AddSingleton<ITransactionIndex>(p => p.GetRequiredService<CustodyStorage>().Transactions);
        services.AddSingleton<ITokenUseStore>(p => p.GetRequiredService<CustodyStorage>().TokenUses);
        services.AddSingleton<IAuthenticatorCounterStore>(p => p.GetRequiredService<CustodyStorage>().AuthenticatorCounters);
        services.AddSingleton<IWhitelistStore>(p => p.GetRequiredService<CustodyStorage>().Whitelist);
        services.AddSingleton<IWatchStore>(p => p.GetRequiredService<CustodyStorage>().Watch);
        services.AddSingleton<IGapFillStore>(p => p.GetRequiredService<CustodyStorage>().GapFills);
        services.AddSingleton<ISignedTransactionStore>(p => p.GetRequiredService<CustodyStorage>().SignedTransactions);
        services.AddSingleton<IStopJournal>(p => p.GetRequiredService<CustodyStorage>().StopJournal);
        services.AddSingleton<ISigningJournal>(p => p.GetRequiredService<CustodyStorage>().SigningJournals);
    }

    private static void AddChains(IServiceCollection services, CustodySettings settings)
    {
        // Without loggers: a provider's URL often carries its key.
        services.AddHttpClient("node").RemoveAllLoggers();
        services.AddSingleton<IReadOnlyDictionary<ChainId, IEvmNode>>(provider => settings.Chains
            .Where(c => c.Key.IsEvm)
            .ToDictionary(c => c.Key, c => Node(c.Key, c.Value, provider)));
        services.AddSingleton<INodeReports, NodeDesk>();
        services.AddSingleton<ChainNodes>();
        services.AddSingleton<IChainClock, ChainClock>();
        services.AddSingleton<HostClock>();
        services.AddSingleton<VaultBalances>();
        services.AddSingleton<PaymentChecks>();
        services.AddSingleton<PaymentPlanner>();
        services.AddSingleton<EffectsReader>();
        services.AddSingleton<Watcher>();
    }

    // One provider is believed as it is; of several a majority is, and one that hangs must not keep the others waiting for long.
    private static IEvmNode Node(ChainId chain, IReadOnlyList<ProviderSetting> settings, IServiceProvider services)
    {
        var timeout = TimeSpan.FromSeconds(settings.Count == 1 ? 10 : 5);
        var time = services.GetRequiredService<TimeProvider>();
        var nodes = settings.Select(s => new NodeProvider(
            s.Name, new EvmNode(services.GetRequiredService<IHttpClientFactory>().CreateClient("node"), new EvmNodeOptions(s.Endpoint, timeout), time))).ToList();
        return nodes is [var only] ? only.Node : new QuorumNode(chain, nodes, NodeQuorumTerms.Default, services.GetRequiredService<INodeReports>(), time);
    }

    private static void AddSigner(IServiceCollection services, CustodySettings settings)
    {
        services.AddSingleton<Devices>();
        services.AddSingleton<IReadOnlyDictionary<string, IVault>>(provider => settings.Vaults.ToDictionary(
            v => v.Key,
            IVault (v) => provider.GetRequiredService<Devices>().Vault(v.Value),
            StringComparer.Ordinal));
        services.AddSingleton<IDocumentSigner>(provider => provider.GetRequiredService<Devices>().DocumentSigner(settings.Comparison));
        // The signer's secret: read once at the start, and a file that does not read stops it.
        var openings = settings.DuressOpeningsFile is { } file ? DuressOpenings.Read(File.ReadAllBytes(file)) : null;
        services.AddSingleton<IDuressSignal, SocSignal>();
        services.AddSingleton<IDuressWatch>(provider => new DuressWatch(
            provider.GetRequiredService<IWithdrawalStore>(),
            provider.GetRequiredService<IWhitelistStore>(),
            provider.GetRequiredService<IFactStore>(),
            provider.GetRequiredService<IStopJournal>(),
            settings.TrustRoot,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IDuressSignal>(),
            openings));
        services.AddSingleton<ITransactionAssembler, EvmTransactionAssembler>();
        services.AddSingleton<ISigningGate>(p => p.GetRequiredService<SigningGate>());
        services.AddSingleton<IGapFillGate>(p => p.GetRequiredService<SigningGate>());
        services.AddSingleton(provider => new SigningGate(
            new GateStores(
                provider.GetRequiredService<IWithdrawalStore>(),
                provider.GetRequiredService<IFactStore>(),
                provider.GetRequiredService<IStopJournal>(),
                provider.GetRequiredService<ISigningJournal>(),
                provider.GetRequiredService<ISignedTransactionStore>(),
                provider.GetRequiredService<IPriceStore>(),
                provider.GetRequiredService<IGapFillStore>()),
            provider.GetRequiredService<IReadOnlyDictionary<string, IVault>>(),
            (Governed governed) => new EvmUnsignedReader(NativeAssets.Of(governed), TokenAssets.Of(governed)),
            provider.GetRequiredService<ITransactionAssembler>(),
            provider.GetRequiredService<IChainClock>(),
            settings.TrustRoot,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SigningGate>>(),
            openings,
            provider.GetRequiredService<IDuressSignal>(),
            provider.GetRequiredService<PaymentChecks>()));
    }

    private static void AddScreening(IServiceCollection services)
    {
        services.AddScreeningClient();
        services.AddSingleton<HttpScreener>();
        services.AddSingleton<IScreener, GovernedScreener>();
        services.AddSingleton<ScreeningDesk>();
        services.AddSingleton<ScreeningWatch>();
    }

    private static void AddPipeline(IServiceCollection services)
    {
        services.AddSingleton(p => new GovernanceArchive(p.GetRequiredService<IFactStore>(), p.GetRequiredService<CustodySettings>().TrustRoot, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<GovernanceSource>();
        services.AddSingleton<GovernanceChanger>();
        services.AddSingleton<GovernanceStarter>();
        services.AddSingleton<DoorAudit>();
        services.AddSingleton<AlertDesk>();
        services.AddSingleton<Freezer>();
        services.AddSingleton<ContradictionDesk>();
        services.AddSingleton<DrillDesk>();
        services.AddSingleton<AuthenticatorDesk>();
        services.AddSingleton<BundleReader>();
        services.AddSingleton<CaseEditor>();
        services.AddSingleton<PolicyReader>();
        services.AddSingleton<StageGuard>();
        services.AddSingleton<Starter>();
        services.AddSingleton<Holder>();
        services.AddSingleton<Ender>();
        services.AddSingleton<GateAnswers>();
        services.AddSingleton<SignedReader>();
        services.AddSingleton<Comparer>();
        services.AddSingleton<Broadcaster>();
        services.AddSingleton<Replacer>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<GapReader>();
        services.AddSingleton<GapFillEnder>();
        services.AddSingleton<GapFillSender>();
        services.AddSingleton<GapFiller>();
        services.AddSingleton<Maintainer>();
        services.AddSingleton<AdmitStage>();
        services.AddSingleton<VoteStage>();
        services.AddSingleton<BuildStage>();
        services.AddSingleton<SignStage>();
        services.AddSingleton<SendStage>();
        services.AddSingleton<SettleStage>();
        services.AddSingleton<ResolveStage>();
        services.AddSingleton(new SelfTestSubjects());
        services.AddSingleton<SelfTests>();
        services.AddSingleton<StartupChecks>();
    }

    private static void AddWhitelist(IServiceCollection services)
    {
        services.AddSingleton<WhitelistEditor>();
        services.AddSingleton<WhitelistReader>();
        services.AddSingleton<WhitelistNews>();
        services.AddSingleton<WhitelistEnder>();
        services.AddSingleton<WhitelistStarter>();
        services.AddSingleton<WhitelistSweeper>();
        services.AddSingleton<VetStage>();
        services.AddSingleton<ScreenStage>();
        services.AddSingleton<CountStage>();
        services.AddSingleton<MatureStage>();
    }

    private static StorageAccountOptions Account(StorageSetting setting) => setting.ConnectionString is { } connection
        ? new StorageAccountOptions { ConnectionString = connection }
        : new StorageAccountOptions { TableServiceUri = setting.TableUri, BlobServiceUri = setting.BlobUri, Credential = new DefaultAzureCredential() };
}
