namespace Custody.Core.Withdrawals;

/// <summary>What statuses mean, and which may follow which. A transition that is not here is a bug and throws.</summary>
public static class WithdrawalStatuses
{
    private static readonly Dictionary<WithdrawalStatus, WithdrawalStatus[]> Successors = new()
    {
        [WithdrawalStatus.Received] = [WithdrawalStatus.Validated, WithdrawalStatus.Rejected, WithdrawalStatus.Expired, WithdrawalStatus.Cancelled, WithdrawalStatus.Held],
        [WithdrawalStatus.Validated] = [WithdrawalStatus.Whitelisted, WithdrawalStatus.Rejected, WithdrawalStatus.Expired, WithdrawalStatus.Cancelled, WithdrawalStatus.Held],
        [WithdrawalStatus.Whitelisted] = [WithdrawalStatus.AwaitingApproval, WithdrawalStatus.Rejected, WithdrawalStatus.Expired, WithdrawalStatus.Cancelled, WithdrawalStatus.Held],
        [WithdrawalStatus.AwaitingApproval] = [WithdrawalStatus.Approved, WithdrawalStatus.Rejected, WithdrawalStatus.Expired, WithdrawalStatus.Cancelled, WithdrawalStatus.Held],
        [WithdrawalStatus.Approved] = [WithdrawalStatus.Signing, WithdrawalStatus.Rejected, WithdrawalStatus.Expired, WithdrawalStatus.Cancelled, WithdrawalStatus.Held],
        [WithdrawalStatus.Signing] = [WithdrawalStatus.Signed, WithdrawalStatus.Rejected, WithdrawalStatus.Expired, WithdrawalStatus.Cancelled, WithdrawalStatus.Held],
        [WithdrawalStatus.Signed] = [WithdrawalStatus.Compared, WithdrawalStatus.Held],
        [WithdrawalStatus.Compared] = [WithdrawalStatus.Broadcast, WithdrawalStatus.Held],
        [WithdrawalStatus.Broadcast] = [WithdrawalStatus.Confirming, WithdrawalStatus.Settled, WithdrawalStatus.Failed, WithdrawalStatus.Held],
        // Cancelled once it is in a block: what the block has is then a transaction of ours that pays nothing, at the payment's nonce.
        [WithdrawalStatus.Confirming] = [WithdrawalStatus.Reorged, WithdrawalStatus.Settled, WithdrawalStatus.Failed, WithdrawalStatus.Cancelled, WithdrawalStatus.Held],
        [WithdrawalStatus.Reorged] = [WithdrawalStatus.Confirming, WithdrawalStatus.Settled, WithdrawalStatus.Failed, WithdrawalStatus.Held],
        // Out of Held: resume at the very status that was held (each that can be held is here), a new attempt, an end, or what
        // the chain turned out to say.
        [WithdrawalStatus.Held] =
        [
            WithdrawalStatus.Received, WithdrawalStatus.Validated, WithdrawalStatus.Whitelisted, WithdrawalStatus.AwaitingApproval, WithdrawalStatus.Approved,
            WithdrawalStatus.Signing, WithdrawalStatus.Signed, WithdrawalStatus.Compared, WithdrawalStatus.Broadcast, WithdrawalStatus.Confirming,
            WithdrawalStatus.Reorged, WithdrawalStatus.Settled, WithdrawalStatus.Failed, WithdrawalStatus.Rejected, WithdrawalStatus.Cancelled,
            WithdrawalStatus.Expired,
        ],
    };

    /// <summary>True for the ends, from which nothing follows.</summary>
    public static bool IsEnd(this WithdrawalStatus status) =>
        status is WithdrawalStatus.Settled or WithdrawalStatus.Rejected or WithdrawalStatus.Expired or WithdrawalStatus.Cancelled or WithdrawalStatus.Failed;

    /// <summary>True when <paramref name="next"/> may follow; staying where one is always may, except in no status at all.</summary>
    public static bool CanBecome(this WithdrawalStatus status, WithdrawalStatus next) =>
        (status == next && status != WithdrawalStatus.Unknown) || (Successors.TryGetValue(status, out var successors) && successors.Contains(next));
}
