namespace Custody.Core.Customers;

/// <summary>What the exchange states of its customer, signed by the client's key (typ <c>custody-customer+jws</c>).</summary>
/// <param name="Version">Always 1.</param>
/// <param name="ClientId">The client.</param>
/// <param name="CustomerId">Its customer.</param>
/// <param name="Class">The customer's class.</param>
/// <param name="CreatedAt">When it was stated.</param>
public sealed record CustomerRecord(int Version, string ClientId, string CustomerId, CustomerClass Class, DateTimeOffset CreatedAt);
