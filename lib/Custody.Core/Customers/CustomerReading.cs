using Custody.Core.Results;

namespace Custody.Core.Customers;

/// <summary>The outcome of verifying a customer record: the record only when the verdict allows.</summary>
/// <param name="Verdict">Whether it counts.</param>
/// <param name="Record">The record, when it does.</param>
public readonly record struct CustomerReading(Verdict Verdict, CustomerRecord? Record);
