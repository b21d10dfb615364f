using System.Numerics;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Customers;
using Custody.Core.Intents;
using Custody.Core.Signatures;
using Custody.Testing.App;

namespace Custody.Functions.Tests.Support;

/// <summary>Who there is in the tests beside the local plan's people.</summary>
internal static class People
{
    private static readonly string[] Clients = ["exchange-b", "exchange-ed", "exchange-list", "exchange-hold", "exchange-end"];

    // Their keys may call from documentation's addresses alone, and from this machine alone.
    private static readonly ClientPlan[] Tied =
    [
        new("exchange-far", "exchange-far", Terms: new KeyTerms(IpRanges: ["203.0.113.0/24", "2001:db8::/32"])),
        new("exchange-near", "exchange-near", Terms: new KeyTerms(IpRanges: ["127.0.0.0/8", "::1/128"])),
    ];

    /// <summary>Each client has one customer and one whitelist entry; "olga" is the operator olivia with another key.</summary>
    public static InitialisationPlan AddTo(InitialisationPlan plan) => plan with
    {
        Clients = [.. plan.Clients, .. Clients.Select(c => new ClientPlan(c, c)), .. Tied],
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
