namespace Custody.Core.Withdrawals;

/// <summary>A page of withdrawals.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Continuation">Give it back for the next page; null when this was the last.</param>
public sealed record WithdrawalPage(IReadOnlyList<WithdrawalState> Items, string? Continuation);
