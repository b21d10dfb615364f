namespace Custody.Core.Deposits;

/// <summary>A deposit as it is stored.</summary>
/// <param name="Deposit">What was paid.</param>
/// <param name="Status">How certain it is.</param>
/// <param name="SeenAt">When it was recorded.</param>
/// <param name="ChangedAt">When its status last changed.</param>
public sealed record RecordedDeposit(Deposit Deposit, DepositStatus Status, DateTimeOffset SeenAt, DateTimeOffset ChangedAt);

/// <summary>Some deposits, and where the next page begins; null for none.</summary>
/// <param name="Items">The deposits, the highest block first.</param>
/// <param name="Continuation">Where the next page begins.</param>
public sealed record DepositPage(IReadOnlyList<RecordedDeposit> Items, string? Continuation);
