namespace Custody.Core.Withdrawals;

/// <summary>A withdrawal on the list of open ones: what the sweeper goes by before it looks at the withdrawal itself.</summary>
/// <param name="Id">The withdrawal.</param>
/// <param name="TouchedAt">When it was listed, or something was stored last that its orchestration must see.</param>
/// <param name="Version">The entry's version, for the next conditional write.</param>
/// <param name="RestsUntil">Before then it needs no look, unless it is touched; absent: it does.</param>
/// <param name="RestsUnder">The digest of the governance under which that was found.</param>
public sealed record OpenWithdrawal(string Id, DateTimeOffset TouchedAt, string Version, DateTimeOffset? RestsUntil = null, string? RestsUnder = null);
