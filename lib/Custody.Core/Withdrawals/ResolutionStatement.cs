namespace Custody.Core.Withdrawals;

/// <summary>An operator's half of a resolution (typ <c>custody-resolution+jws</c>); two different people's make one.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Attempt">The attempt it is in.</param>
/// <param name="Hold">The hold it is for: the withdrawal's count of holds.</param>
/// <param name="Action">What to do.</param>
/// <param name="OperatorId">Who signs.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it no longer counts.</param>
public sealed record ResolutionStatement(
    int Version,
    string WithdrawalId,
    int Attempt,
    int Hold,
    ResolutionAction Action,
    string OperatorId,
    string Reason,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt);
