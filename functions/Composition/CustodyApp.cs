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
using Custody.Functions.Amendments;
using Custody.Functions.Approvals;
using Custody.Functions.Audit;
using Custody.Functions.Chains;
using Custody.Functions.Deposits;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Custody.Functions.Maintenance;
using Custody.Functions.Policy;
using Custody.Functions.Restoring;
using Custody.Functions.Roles;
using Custody.Functions.Screening;
using Custody.Functions.Sending;
using Custody.Functions.Telemetry;
using Custody.Functions.Whitelist;
using Custody.Functions.Withdrawals;
using Custody.Storage;
using Custody.Storage.Journals;
using Custody.Vaults.Gate;
using Custody.Vaults.Journals;
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
        if (settings.Role is CustodyRole.Signer or CustodyRole.Sender)
        {
            throw new SettingsException([$"The setting Custody__Role is '{RoleCertificates.Text(settings.Role)}', which the process's environment must say: that role has no Functions host."]);
        }

        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<CallerMiddleware>();
        builder.Services.AddSingleton(new CallerDeclarations(typeof(CustodyApp).Assembly));
        AddEveryRole(builder.Services, settings);
        if (settings.Role == CustodyRole.All)
        {
            AddOwnJournals(builder.Services);
            AddSigner(builder.Services, settings);
            AddSender(builder.Services, settings);
            builder.Services.AddSingleton<RestoredGovernance>();
            builder.Services.AddSingleton<RestoreDesk>();
        }
        else
        {
            AddRemoteJournals(builder.Services, settings);
            AddRemoteRoles(builder.Services, settings);
        }

        AddScreening(builder.Services);
        AddPipeline(builder.Services);
        AddWhitelist(builder.Services);
        return builder;
    }

    /// <summary>Adds the parts of a process that is the signer or the sender alone.</summary>
    public static void AddCustodyRole(this IServiceCollection services, CustodySettings settings)
    {
        AddEveryRole(services, settings);
        services.AddSingleton<RoleDoor>();
        services.AddHostedService<JournalHousekeeping>();
        switch (settings.Role)
        {
            case CustodyRole.Signer:
                AddOwnJournals(services);
                AddSigner(services, settings);
                services.AddSingleton(p => new StopEvidence(
                    p.GetRequiredService<IWithdrawalStore>(), p.GetRequiredService<IFactStore>(), p.GetRequiredService<IChainClock>(), settings.TrustRoot, p.GetRequiredService<TimeProvider>()));
                services.AddSingleton<JournalDoor>();
                break;
            case CustodyRole.Sender:
                AddRemoteJournals(services, settings);
                AddSender(services, settings);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(settings), settings.Role, "is no role of its own host");
        }
    }

    // What every process has: it reads and verifies for itself, whatever its role.
    private static void AddEveryRole(IServiceCollection services, CustodySettings settings)
    {
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        AddStorage(services, settings);
        AddChains(services, settings);
        services.AddSingleton(p => new GovernanceArchive(p.GetRequiredService<IFactStore>(), settings.TrustRoot, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<GovernanceSource>();
        services.AddSingleton<GovernanceWitness>();
        services.AddSingleton<AlertDesk>();
        services.AddSingleton<SignedReader>();
        services.AddSingleton<UpkeepReader>();
        services.AddSingleton<JournalVerifier>();
        services.AddSingleton(new SelfTestSubjects());
        services.AddSingleton<SelfTests>();
        services.AddSingleton<StartupChecks>();
        services.AddSingleton<IStartCheck, JournalCheck>();
        OpenTelemetrySetup.Add(services, settings);
        if (settings.Split is { } split)
        {
            try
            {
                services.AddSingleton(new RoleCertificates(split, TimeProvider.System));
            }
            catch (RoleCertificateException unfit)
            {
                throw new SettingsException([unfit.Message]);
            }

            services.AddSingleton(split);
        }
    }

    private static void AddStorage(IServiceCollection services, CustodySettings settings)
    {
        services.AddSingleton<IHeadWitness>(new FileHeadWitness(settings.WitnessFolder));
        services.AddSingleton(provider => new CustodyStorage(new CustodyStorageOptions
        {
            Pipeline = Account(settings.PipelineStorage),
            Journals = Account(settings.JournalStorage),
            Alerts = settings.AlertStorage is { } alerts ? Account(alerts) : null,
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
        services.AddSingleton<IUpkeepStore>(p => p.GetRequiredService<CustodyStorage>().Upkeep);
        services.AddSingleton<IDepositStore>(p => p.GetRequiredService<CustodyStorage>().Deposits);
        services.AddSingleton<ISignedTransactionStore>(p => p.GetRequiredService<CustodyStorage>().SignedTransactions);
    }

    private static void AddOwnJournals(IServiceCollection services)
    {
        services.AddSingleton<IStopJournal>(p => p.GetRequiredService<CustodyStorage>().StopJournal);
        services.AddSingleton<ISigningJournal>(p => p.GetRequiredService<CustodyStorage>().SigningJournals);
    }

    private static void AddRemoteJournals(IServiceCollection services, CustodySettings settings)
    {
        services.AddKeyedSingleton(CustodyRole.Signer, (p, _) => Client(CustodyRole.Signer, settings.Split!.Signer!, p));
        services.AddSingleton<IStopJournal>(p => new RemoteStopJournal(
            p.GetRequiredService<CustodyStorage>().StopJournal, p.GetRequiredKeyedService<RoleClient>(CustodyRole.Signer)));
        services.AddSingleton<ISigningJournal>(p => new RemoteSigningJournal(
            p.GetRequiredService<CustodyStorage>().SigningJournals, p.GetRequiredKeyedService<RoleClient>(CustodyRole.Signer)));
        services.AddSingleton<IStartCheck, JournalRightsCheck>();
    }

    private static void AddRemoteRoles(IServiceCollection services, CustodySettings settings)
    {
        services.AddSingleton(p => new RemoteSigner(p.GetRequiredKeyedService<RoleClient>(CustodyRole.Signer)));
        services.AddSingleton<ISigningGate>(p => p.GetRequiredService<RemoteSigner>());
        services.AddSingleton<IUpkeepGate>(p => p.GetRequiredService<RemoteSigner>());
        services.AddSingleton<IDuressWatch>(p => new RemoteDuressWatch(p.GetRequiredKeyedService<RoleClient>(CustodyRole.Signer)));
        services.AddKeyedSingleton(CustodyRole.Sender, (p, _) => Client(CustodyRole.Sender, settings.Split!.Sender!, p));
        services.AddSingleton<ISender>(p => new RemoteSender(p.GetRequiredKeyedService<RoleClient>(CustodyRole.Sender)));
    }

    // A device may take its time, and a call that was given up is asked again by id; one that hangs must not keep a stage for long.
    private static RoleClient Client(CustodyRole role, Uri address, IServiceProvider services) => new(
        role, address, services.GetRequiredService<RoleCertificates>(), TimeSpan.FromSeconds(30), services.GetRequiredService<ILogger<RoleClient>>());

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
        services.TryAddSingleton<Devices>();
        services.AddSingleton<IStartCheck, VaultCheck>();
        services.AddSingleton<IReadOnlyDictionary<string, IVault>>(provider => settings.Vaults.ToDictionary(
            v => v.Key,
            IVault (v) => provider.GetRequiredService<Devices>().Vault(v.Value),
            StringComparer.Ordinal));
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
        services.AddSingleton<IUpkeepGate>(p => p.GetRequiredService<SigningGate>());
        services.AddSingleton(provider => new SigningGate(
            new GateStores(
                provider.GetRequiredService<IWithdrawalStore>(),
                provider.GetRequiredService<IFactStore>(),
                provider.GetRequiredService<IStopJournal>(),
                provider.GetRequiredService<ISigningJournal>(),
                provider.GetRequiredService<ISignedTransactionStore>(),
                provider.GetRequiredService<IPriceStore>(),
                provider.GetRequiredService<IUpkeepStore>()),
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

    private static void AddSender(IServiceCollection services, CustodySettings settings)
    {
        services.TryAddSingleton<Devices>();
        services.AddSingleton<IDocumentSigner>(provider => provider.GetRequiredService<Devices>().DocumentSigner(settings.Comparison!));
        services.AddSingleton(BuildFacts.Of(typeof(CustodyApp).Assembly, settings));
        services.AddSingleton<SenderStops>();
        services.AddSingleton<ISender, Sender>();
        services.AddSingleton<IStartCheck, ComparisonKeyCheck>();
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
        services.AddSingleton<PaymentPlanner>();
        services.AddSingleton<EffectsReader>();
        services.AddSingleton<ConflictFinder>();
        services.AddSingleton<DepositReader>();
        services.AddSingleton<FallReader>();
        services.AddSingleton<SpendWatch>();
        services.AddSingleton<DepositDesk>();
        services.AddSingleton<Watcher>();
        services.AddSingleton<GovernanceChanger>();
        services.AddSingleton<GovernanceStarter>();
        services.AddSingleton<DoorAudit>();
        services.AddSingleton<RefusedStatements>();
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<Freezer>();
        services.AddSingleton<ContradictionDesk>();
        services.AddSingleton<DrillDesk>();
        services.AddSingleton<AuthenticatorDesk>();
        services.AddSingleton<BundleReader>();
        services.AddSingleton<CaseEditor>();
        services.AddSingleton<PolicyReader>();
        services.AddSingleton(s => new SilenceTerms(TimeSpan.FromMinutes(s.GetRequiredService<CustodySettings>().SilenceMinutes)));
        services.AddSingleton<StageGuard>();
        services.AddSingleton<Starter>();
        services.AddSingleton<Holder>();
        services.AddSingleton<Ender>();
        services.AddSingleton<GateAnswers>();
        services.AddSingleton<Comparer>();
        services.AddSingleton<Broadcaster>();
        services.AddSingleton<AmendmentReader>();
        services.AddSingleton<AmendmentWriter>();
        services.AddSingleton<AmendmentVotes>();
        services.AddSingleton<Replacer>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<SettledPayments>();
        services.AddSingleton<Rewinder>();
        services.AddSingleton<GapReader>();
        services.AddSingleton<UpkeepEnder>();
        services.AddSingleton<UpkeepBuilder>();
        services.AddSingleton<UpkeepSender>();
        services.AddSingleton<UpkeepRunner>();
        services.AddSingleton<Maintainer>();
        services.AddSingleton<VaultChooser>();
        services.AddSingleton<AdmitStage>();
        services.AddSingleton<VoteStage>();
        services.AddSingleton<FinalEnder>();
        services.AddSingleton<BuildStage>();
        services.AddSingleton<SignStage>();
        services.AddSingleton<SendStage>();
        services.AddSingleton<SettleStage>();
        services.AddSingleton<AccountSpends>();
        services.AddSingleton<RestoredMatcher>();
        services.AddSingleton<RestoredResolver>();
        services.AddSingleton<ResolveStage>();
        services.AddSingleton<IStartCheck, TokenCheck>();
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

    internal static StorageAccountOptions Account(StorageSetting setting) => setting.ConnectionString is { } connection
        ? new StorageAccountOptions { ConnectionString = connection }
        : new StorageAccountOptions { TableServiceUri = setting.TableUri, BlobServiceUri = setting.BlobUri, Credential = new DefaultAzureCredential() };
}
