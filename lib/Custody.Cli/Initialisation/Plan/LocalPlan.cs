using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Screening;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>The built-in demonstration: one exchange, three approvers in three cities, one hot vault of ether on a local chain, one source of prices.</summary>
public static class LocalPlan
{
    /// <summary>Well-formed and nobody's: where the demonstration pays to.</summary>
    public const string Destination = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    /// <summary>On OFAC's list since 2020, and on the demonstration's.</summary>
    public const string Sanctioned = "0x901bb9583b24d97e995513c6778dc6888ab6870e";

    private const int Day = 86_400;
    private const int Hour = 3_600;
    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);
    private static readonly BigInteger Gwei = BigInteger.Pow(10, 9);

    /// <summary>The training of the demonstration's approvers.</summary>
    public static ExpiringReference Trained { get; } = new("training/demonstration", new DateTimeOffset(2099, 12, 31, 0, 0, 0, TimeSpan.Zero));

    /// <summary>A device of the demonstration, its key made in a token of its own, with evidence on record.</summary>
    public static DevicePlan Device(string id, bool duress = false) => new(id, Duress: duress, Evidence: new ExpiringReference($"evidence/{id}", Trained.ExpiresAt));

    /// <summary>The plan on a given machine.</summary>
    public static InitialisationPlan Create(LocalPlaces places)
    {
        var chain = ChainId.Parse("eip155:31337");
        var ether = AssetId.Parse("eip155:31337/slip44:60");
        return new InitialisationPlan(
            Version: 1,
            Api: new ApiPlan("custody-local", places.ApiUrl),
            Storage: new StoragePlan(places.PipelineStorage, places.JournalStorage),
            Pkcs11: new Pkcs11Plan(places.Module, places.TokenPrefix),
            Governors: new GovernorsPlan(2, [new GovernorPlan("grace", ResponsibleOfficer: true), new GovernorPlan("gordon")]),
            Clients: [new ClientPlan("exchange-a", "Exchange A")],
            Customers:
            [
                new CustomerPlan("exchange-a", "customer-1", CustomerClass.Professional),
                new CustomerPlan("exchange-a", "customer-2", CustomerClass.Retail),
            ],
            Approvers:
            [
                new ApproverPlan("alice", "alice", "approver", "hk", [Device("alice-1")], Trained),
                new ApproverPlan("bob", "bob", "approver", "sg", [Device("bob-1")], Trained),
                new ApproverPlan("carol", "carol", "approver", "ldn", [Device("carol-1")], Trained),
            ],
            Operators: [new OperatorPlan("olivia", "olivia"), new OperatorPlan("oscar", "oscar")],
            Vaults: [new VaultPlan("hot-eth", chain, VaultTier.Hot)],
            Chains: [new ChainPlan(chain, places.Node, FinalityDepth: 3, MaxBlockAgeSeconds: 600, Replacement: new ReplacementTerms(AfterSeconds: 600, Most: 5),
                Maintenance: new MaintenanceTerms(Quorum: 2, MaxTotal: 4_200_000_000_000_000, MaxRate: 200_000_000_000, FillsPerDay: 4, AfterSeconds: 600))],
            Assets: [new AssetRegistration(ether, "ETH", 18)],
            Rules:
            [
                new PolicyRule(
                    "eth-standard", [ether], null, null, 10 * Ether, new Quorum(2, 2, ["approver"]), "hot-eth", Hour, 0,
                    new FeeCaps(Ether / 100, 200 * Gwei, 100),
                    FeeBump: new AmendmentTerms(new Quorum(1, 1, ["approver"]), new FeeCaps(Ether / 20, 2_000 * Gwei, 500), Most: 3, ApprovalSeconds: Hour),
                    Cancel: new AmendmentTerms(new Quorum(1, 1, ["approver"]), new FeeCaps(Ether / 20, 2_000 * Gwei, 500), Most: 3, ApprovalSeconds: Hour)),
            ],
            Limits:
            [
                new VelocityLimit(LimitScope.Destination, ether, Day, 100 * Ether),
                new VelocityLimit(LimitScope.Client, ether, Day, 500 * Ether),
                new VelocityLimit(LimitScope.Vault, ether, Day, 1_000 * Ether),
                new VelocityLimit(LimitScope.Platform, ether, Day, 1_000 * Ether),
            ],
            Whitelist: new WhitelistTerms(2, 0),
            WhitelistEntries: [new WhitelistEntryPlan("entry-1", "exchange-a", "customer-1", chain, Destination, "Customer 1, own wallet")],
            Prices: new PricesPlan("HKD", 2, Hour, MaxMoveBasisPoints: 1_000, [new PriceSourcePlan("prices")]),
            Retail: new RetailTerms([ether], MaxDailyValue: 20_000_000),
            Screening: new ScreeningTerms(
                [new SanctionsListTerms("local", MaxAgeSeconds: 30 * Day, MaxPublicationAgeSeconds: 60 * Day)],
                ProviderNeeded: false,
                ProviderTimeoutSeconds: 5,
                ProviderClients: null,
                [new PatternTerms(ether, Day, 10 * Ether, StructuringBasisPoints: 1_000, StructuringCount: 3, MaxSum: 50 * Ether)]),
            SanctionsLists: [new SanctionsListPlan("local", [Sanctioned])]);
    }
}
