using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Prices;

namespace Custody.Testing.World;

/// <summary>The world with a token beside ether: 6 decimals, paid by the same vault under the same rule, with limits of its own.</summary>
public static class SampleToken
{
    public const string Contract = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
    public const int GasCeiling = 100_000;
    public static readonly AssetId Asset = AssetId.Parse($"eip155:31337/erc20:{Contract}");
    public static readonly AssetRegistration Registration = new(Asset, "USDX", 6, new TokenTerms("0x" + new string('c', 64), GasCeiling));

    public static GovernanceDocument Document { get; } = SampleGovernance.Document with
    {
        Assets = [.. SampleGovernance.Document.Assets, Registration],
        Rules = [.. SampleGovernance.Document.Rules.Select(r => r with { Assets = [.. r.Assets, Asset] })],
        Limits = [.. SampleGovernance.Document.Limits, .. SampleGovernance.Document.Limits.Select(l => new VelocityLimit(l.Scope, Asset, l.WindowSeconds, 1_000_000_000))],
        Retail = SampleGovernance.Document.Retail! with { Assets = [.. SampleGovernance.Document.Retail!.Assets, Asset] },
    };

    /// <summary>A withdrawal of 25 units.</summary>
    public static CustodyWorld World { get; } = CustodyWorld.Default with
    {
        Governance = Document,
        Request = CustodyWorld.Default.Request with { Asset = Asset, Amount = 25_000_000 },
        Prices = [new PriceEntry(1, Asset, "USD", 1_00, 2, CustodyWorld.Start.AddMinutes(-1))],
    };
}
