using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Screening;
using Custody.Core.Signatures;

namespace Custody.Testing.World;

/// <summary>The world's governance: two exchanges, three approvers on three sites, two operators, a hot and a warm vault, one chain.</summary>
public static class SampleGovernance
{
    public static readonly ChainId Chain = ChainId.Parse("eip155:31337");
    public static readonly AssetId Ether = AssetId.Parse("eip155:31337/slip44:60");
    public static readonly BigInteger OneEther = BigInteger.Pow(10, 18);

    public static GovernanceDocument Document { get; } = new(
        Version: 1,
        Previous: null,
        CreatedAt: CustodyWorld.Start.AddDays(-30),
        Governors: new GovernorSet(
            [new Governor("gina", People.Gina.Registered, ResponsibleOfficer: true), new Governor("gus", People.Gus.Registered), new Governor("gwen", People.Gwen.Registered)], Quorum: 2),
        Clients:
        [
            new Client("exchange-a", "Exchange A", [People.Exchange.Registered]),
            new Client("exchange-b", "Exchange B", [People.OtherExchange.Registered]),
        ],
        Approvers: [People.Approver("ann", "hk"), People.Approver("bob", "sg"), People.Approver("cat", "ldn")],
        Operators: [new Operator("olga", "olga", [People.Olga.Registered]), new Operator("omar", "omar", [People.Omar.Registered])],
        Vaults: [Vault("hot-1", VaultTier.Hot, People.HotKey), Vault("warm-1", VaultTier.Warm, People.WarmKey)],
        Chains: [new ChainRegistration(Chain, "0x" + new string('1', 64), FinalityDepth: 3, MaxBlockAgeSeconds: 600)],
        Assets: [new AssetRegistration(Ether, "ETH", 18)],
        Rules: [Rule("retail", CustomerClass.Retail, "hot-1", 10), Rule("professional", CustomerClass.Professional, "warm-1", 100)],
        Limits: [Limit(LimitScope.Destination, 20), Limit(LimitScope.Client, 100), Limit(LimitScope.Vault, 40), Limit(LimitScope.Platform, 60)],
        Whitelist: new WhitelistTerms(Quorum: 2, CoolingOffSeconds: 86_400),
        ComparisonKey: People.Comparison.Registered,
        Prices: new PriceTerms("USD", Decimals: 2, MaxAgeSeconds: 14_400, MaxMoveBasisPoints: 1_000, [new PriceSource("feed-1", People.Feed.Registered)]),
        Retail: new RetailTerms([Ether], MaxDailyValue: 2_000_000),
        Screening: new ScreeningTerms(
            [new SanctionsListTerms("ofac-sdn", MaxAgeSeconds: 14 * 86_400, MaxPublicationAgeSeconds: 60 * 86_400)],
            ProviderNeeded: false,
            ProviderTimeoutSeconds: 5,
            ProviderClients: null,
            [new PatternTerms(Ether, WindowSeconds: 86_400, 10 * OneEther, StructuringBasisPoints: 1_000, StructuringCount: 3, MaxSum: 50 * OneEther)]));

    public static VaultRegistration Vault(string id, VaultTier tier, VaultKey key) => new(id, Chain, tier, key.KeyId, StrictBase64Url.Encode(key.PublicKey), Firmware: [SoftwareVault.Firmware]);

    public static VelocityLimit Limit(LimitScope scope, int ether) => new(scope, Ether, 86_400, ether * OneEther);

    public static PolicyRule Rule(string id, CustomerClass customerClass, string vaultId, int maxEther) => new(
        id, [Ether], Clients: null, [customerClass], maxEther * OneEther, new Quorum(Min: 2, MinSites: 2, Roles: null), vaultId,
        ApprovalSeconds: 3600, CoolingOffSeconds: 600, new FeeCaps(OneEther / 100, 100_000_000_000, MaxShareBasisPoints: 100));
}
