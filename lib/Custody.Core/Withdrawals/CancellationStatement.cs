namespace Custody.Core.Withdrawals;

/// <summary>A client's cancellation (typ <c>custody-cancellation+jws</c>); it counts until a signature may exist.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="ClientId">The client.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
public sealed record CancellationStatement(int Version, string WithdrawalId, string ClientId, string Reason, DateTimeOffset SignedAt);
