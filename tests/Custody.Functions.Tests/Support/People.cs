using System.Numerics;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Customers;
using Custody.Core.Intents;
using Custody.Testing.App;

namespace Custody.Functions.Tests.Support;

/// <summary>Who there is in the tests beside the local plan's people.</summary>
internal static class People
{
    private static readonly string[] Clients = ["exchange-b", "exchange-ed", "exchange-list", "exchange-hold", "exchange-end"];

    /// <summary>Each client has one customer and one whitelist entry; "olga" is the operator olivia with another key.</summary>
    public static InitialisationPlan AddTo(InitialisationPlan plan) => plan with
    {
        Clients = [.. plan.Clients, .. Clients.Select(c => new ClientPlan(c, c))],
        Customers = [.. plan.Customers, .. Clients.Select(c => new CustomerPlan(c, $"customer-of-{c}", CustomerClass.Professional))],
        WhitelistEntries =
        [
            .. plan.WhitelistEntries,
            .. Clients.Select(c => new WhitelistEntryPlan($"entry-of-{c}", c, $"customer-of-{c}", plan.Chains[0].Id, LocalPlan.Destination, "A wallet")),
        ],
        Operators = [.. plan.Operators, new OperatorPlan("olga", "olivia")],
    };

    /// <summary>A well-formed request of one of the clients.</summary>
    public static WithdrawalRequest Request(string client, string requestId, BigInteger? amount = null) => client == "exchange-a"
        ? ApiClient.Request(requestId, amount)
        : ApiClient.Request(requestId, amount) with { ClientId = client, CustomerId = $"customer-of-{client}", WhitelistEntryId = $"entry-of-{client}" };
}
