using Custody.Core.Customers;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>A client's customer.</summary>
/// <param name="ClientId">The client, whose key signs the record.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Class">The customer's class.</param>
public sealed record CustomerPlan(string ClientId, string CustomerId, CustomerClass Class);
