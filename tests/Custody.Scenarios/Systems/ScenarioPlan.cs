using System.Numerics;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Testing;

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
            Chains = [local.Chains[0] with { Replacement = new ReplacementTerms(AfterSeconds: 600, Most: 3), MaxInFlight = 64, Maintenance = new MaintenanceTerms(Quorum: 2, MaxTotal: Ether / 100, MaxRate: 200_000_000_000, FillsPerDay: 2, AfterSeconds: 600, new GasFundingTerms(Quorum: 2, MaxAmount: Ether, MaxPerDay: 2 * Ether, MaxTotal: Ether / 100, MaxRate: 200_000_000_000)) }],
            Vaults = [.. local.Vaults, new VaultPlan(World.SecondVault, chain, VaultTier.Hot)],
            Clients = [.. local.Clients, new ClientPlan("exchange-b", "Exchange B"), new ClientPlan("exchange-c", "Exchange C"), new ClientPlan("exchange-d", "Exchange D"), new ClientPlan("exchange-e", "Exchange E"), new ClientPlan("exchange-f", "Exchange F")],
            Customers =
            [
                .. local.Customers,
                new CustomerPlan("exchange-b", "customer-b", CustomerClass.Professional),
                new CustomerPlan("exchange-c", "customer-c", CustomerClass.Professional),
                new CustomerPlan("exchange-d", "customer-d", CustomerClass.Professional),
                new CustomerPlan("exchange-e", "customer-e", CustomerClass.Professional),
                new CustomerPlan("exchange-f", "customer-f", CustomerClass.Professional),
            ],
            Approvers =
            [
                .. local.Approvers.Select(a => a.Id == "carol" ? a with { Devices = [.. a.Devices, Authenticator("carol")] } : a),
                new ApproverPlan("eve", "exchange-a", "approver", "hk", [LocalPlan.Device("eve-1")], LocalPlan.Trained),
                new ApproverPlan("dora", "dora", "approver", "sg", [LocalPlan.Device("dora-1"), LocalPlan.Device("dora-2", duress: true), Authenticator("dora")], LocalPlan.Trained),
            ],
            Operators = [.. local.Operators, new OperatorPlan("sofia", "sofia", Soc: true)],
            Rules =
            [
                standard with { Clients = ["exchange-a", "exchange-d"] },
                standard with { Id = "eth-cooled", Clients = ["exchange-b"], CoolingOffSeconds = Hour },
                standard with { Id = "eth-hours", Clients = ["exchange-c"], MinAmount = 2 * Ether, Times = [new TimeWindow("Etc/UTC", "00:00", "24:00", [InDays(3), InDays(4)])] },
                standard with { Id = "eth-small", Clients = ["exchange-c"], MinAmount = Ether / 10, MaxAmount = 2 * Ether, FirstUseMaxAmount = Ether / 2 },
                standard with { Id = "eth-filmed", Clients = ["exchange-e"], VideoConfirmation = true },
                standard with { Id = "eth-automatic", Clients = ["exchange-c"], MaxAmount = Ether / 50, Approvals = new Quorum(0, 0, null, Automatic: true) },
                standard with { Id = "eth-keyed", Clients = ["exchange-f"], Approvals = standard.Approvals with { WebAuthn = true } },
            ],
            WebAuthn = new WebAuthnTerms(
                SoftwareAuthenticator.RelyingParty, [SoftwareAuthenticator.Origin], [new AuthenticatorModel(SoftwareAuthenticator.Model, [SoftwareAuthenticator.Root])]),
            Delays = new GovernanceDelays(24 * Hour),
            Limits = [.. local.Limits, new VelocityLimit(LimitScope.Automatic, local.Assets[0].Id, 24 * Hour, 3 * Ether / 100)],
            WhitelistEntries =
            [
                .. local.WhitelistEntries,
                new WhitelistEntryPlan("entry-2", "exchange-a", "customer-2", chain, "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", "Customer 2, own wallet"),
                new WhitelistEntryPlan("entry-c", "exchange-c", "customer-c", chain, "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65", "Customer C, own wallet"),
                new WhitelistEntryPlan("entry-b", "exchange-b", "customer-b", chain, "0x90F79bf6EB2c4f870365E785982E1f101E93b906", "Customer B, own wallet"),
                new WhitelistEntryPlan("entry-d", "exchange-d", "customer-d", chain, "0x976EA74026E726554dB657fA54763abd0C3a0aa9", "Customer D, own wallet"),
                new WhitelistEntryPlan("entry-e", "exchange-e", "customer-e", chain, "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955", "Customer E, own wallet"),
                new WhitelistEntryPlan("entry-f", "exchange-f", "customer-f", chain, "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f", "Customer F, own wallet"),
                new WhitelistEntryPlan("entry-s", "exchange-a", "customer-1", chain, Sanctioned, "Customer 1, on a sanctions list"),
            ],
            Prices = new PricesPlan("USD", 2, MaxAgeSeconds: 900, MaxMoveBasisPoints: 1_000, [new PriceSourcePlan("feed")]),
            Retail = new RetailTerms([local.Assets[0].Id], MaxDailyValue: 300_000),
            Screening = local.Screening! with { ProviderNeeded = true, ProviderClients = ["exchange-d"], ProviderTimeoutSeconds = 2 },
            SanctionsLists = [new SanctionsListPlan("local", [LocalPlan.Sanctioned, Sanctioned.ToLowerInvariant()])],
        };
    }

    // Two days, because midnight may lie between the plan and the script that moves its clock by three.
    private static DayOfWeek InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days).DayOfWeek;

    private static DevicePlan Authenticator(string approver)
    {
        var device = People.AuthenticatorDevice(approver);
        var made = new SoftwareAuthenticator(device).Register(approver, device);
        return new DevicePlan(
            device, WebAuthn: new WebAuthnCredential(
                SoftwareAuthenticator.Text(made.CredentialId), SoftwareAuthenticator.Text(made.ClientData), SoftwareAuthenticator.Text(made.AttestationObject)));
    }
}
