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
/// payments cool off, a customer of each, and an approver who is the first exchange itself.
/// </summary>
internal static class ScenarioPlan
{
    private const int Hour = 3600;
    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);

    public static InitialisationPlan Create(LocalPlaces places)
    {
        var local = LocalPlan.Create(places);
        var chain = local.Chains[0].Id;
        var standard = local.Rules[0];
        return local with
        {
            Clients = [.. local.Clients, new ClientPlan("exchange-b", "Exchange B"), new ClientPlan("exchange-c", "Exchange C"), new ClientPlan("exchange-d", "Exchange D")],
            Customers = [.. local.Customers, new CustomerPlan("exchange-b", "customer-b", CustomerClass.Professional), new CustomerPlan("exchange-c", "customer-c", CustomerClass.Professional),
                new CustomerPlan("exchange-d", "customer-d", CustomerClass.Professional)],
            Approvers = [.. local.Approvers.Select(a => a.Id == "carol" ? a with { Devices = [.. a.Devices, Authenticator("carol")] } : a), new ApproverPlan("eve", "exchange-a", "approver", "hk", [new DevicePlan("eve-1")]),
                new ApproverPlan("dora", "dora", "approver", "sg", [new DevicePlan("dora-1"), new DevicePlan("dora-2", Duress: true), Authenticator("dora")])],
            Operators = [.. local.Operators, new OperatorPlan("sofia", "sofia", Soc: true)],
            Rules =
            [
                standard with { Clients = ["exchange-a"] },
                standard with { Id = "eth-cooled", Clients = ["exchange-b"], CoolingOffSeconds = Hour },
                standard with { Id = "eth-filmed", Clients = ["exchange-c"], VideoConfirmation = true },
                standard with { Id = "eth-keyed", Clients = ["exchange-d"], Approvals = standard.Approvals with { WebAuthn = true } },
            ],
            WebAuthn = new WebAuthnTerms(
                SoftwareAuthenticator.RelyingParty, [SoftwareAuthenticator.Origin], [new AuthenticatorModel(SoftwareAuthenticator.Model, [SoftwareAuthenticator.Root])]),
            WhitelistEntries =
            [
                .. local.WhitelistEntries,
                new WhitelistEntryPlan("entry-2", "exchange-a", "customer-2", chain, "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", "Customer 2, own wallet"),
                new WhitelistEntryPlan("entry-b", "exchange-b", "customer-b", chain, "0x90F79bf6EB2c4f870365E785982E1f101E93b906", "Customer B, own wallet"),
                new WhitelistEntryPlan("entry-c", "exchange-c", "customer-c", chain, "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65", "Customer C, own wallet"),
                new WhitelistEntryPlan("entry-d", "exchange-d", "customer-d", chain, "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc", "Customer D, own wallet"),
            ],
        };
    }

    private static DevicePlan Authenticator(string approver)
    {
        var device = People.AuthenticatorDevice(approver);
        var made = new SoftwareAuthenticator(device).Register(approver, device);
        return new DevicePlan(
            device, WebAuthn: new WebAuthnCredential(
                SoftwareAuthenticator.Text(made.CredentialId), SoftwareAuthenticator.Text(made.ClientData), SoftwareAuthenticator.Text(made.AttestationObject)));
    }
}
