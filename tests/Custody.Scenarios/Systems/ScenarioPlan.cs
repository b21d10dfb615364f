using System.Numerics;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Policy;

namespace Custody.Scenarios.Systems;

/// <summary>
/// Whom and what every script finds: the local demonstration's people and rules, and besides them a second exchange whose
/// payments cool off, a third whom the screening provider must answer for, a customer of each, and an approver who is the first exchange itself.
/// </summary>
internal static class ScenarioPlan
{
    /// <summary>On the sanctions list that the system begins with, and on the whitelist all the same.</summary>
    public const string Sanctioned = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";

    private const int Hour = 3600;
    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);

    public static InitialisationPlan Create(LocalPlaces places)
    {
        var local = LocalPlan.Create(places);
        var chain = local.Chains[0].Id;
        var standard = local.Rules[0];
        return local with
        {
            Clients = [.. local.Clients, new ClientPlan("exchange-b", "Exchange B"), new ClientPlan("exchange-c", "Exchange C")],
            Customers =
            [
                .. local.Customers,
                new CustomerPlan("exchange-b", "customer-b", CustomerClass.Professional),
                new CustomerPlan("exchange-c", "customer-c", CustomerClass.Professional),
            ],
            Approvers = [.. local.Approvers, new ApproverPlan("eve", "exchange-a", "approver", "hk", [new DevicePlan("eve-1")])],
            Rules =
            [
                standard with { Clients = ["exchange-a", "exchange-c"] },
                standard with { Id = "eth-cooled", Clients = ["exchange-b"], CoolingOffSeconds = Hour },
            ],
            WhitelistEntries =
            [
                .. local.WhitelistEntries,
                new WhitelistEntryPlan("entry-2", "exchange-a", "customer-2", chain, "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", "Customer 2, own wallet"),
                new WhitelistEntryPlan("entry-b", "exchange-b", "customer-b", chain, "0x90F79bf6EB2c4f870365E785982E1f101E93b906", "Customer B, own wallet"),
                new WhitelistEntryPlan("entry-c", "exchange-c", "customer-c", chain, "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65", "Customer C, own wallet"),
                new WhitelistEntryPlan("entry-s", "exchange-a", "customer-1", chain, Sanctioned, "Customer 1, on a sanctions list"),
            ],
            Screening = local.Screening! with { ProviderNeeded = true, ProviderClients = ["exchange-c"], ProviderTimeoutSeconds = 2 },
            SanctionsLists = [new SanctionsListPlan("local", [LocalPlan.Sanctioned, Sanctioned.ToLowerInvariant()])],
        };
    }
}
