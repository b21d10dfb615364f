using Custody.Core.Intents;
using Custody.Core.Journals;

namespace Custody.Core.Withdrawals;

/// <summary>
/// Rule: when the sweeper need not look at a withdrawal. It waits for approval, its orchestration was seen to wait for it, and
/// nothing was stored since. Whatever is stored for it ends the rest before it is stored.
/// </summary>
public static class RestRule
{
    /// <summary>
    /// How long nothing may have been stored before a rest begins. Between ending a rest and storing what ends it a process may
    /// pause, and a sweep in that pause sees nothing yet. Should it pause longer and then die, the vote is counted when the rest ends.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Until when a withdrawal may rest; null when it may not. It is looked at again for the last quarter of its time, so that an
    /// orchestration which was lost is found while there is time to vote, and at the deadline.
    /// </summary>
    public static DateTimeOffset? Until(WithdrawalState state, WithdrawalIntent? intent, DateTimeOffset now)
    {
        if (state is not { Status: WithdrawalStatus.AwaitingApproval, ApprovalDeadline: { } deadline } || intent is null || now >= deadline)
        {
            return null;
        }

        var lastQuarter = LastQuarter(deadline, intent);
        return now < lastQuarter ? lastQuarter : deadline;
    }

    /// <summary>When the last quarter of the approvers' time begins, in which they are reminded.</summary>
    public static DateTimeOffset LastQuarter(DateTimeOffset deadline, WithdrawalIntent intent) => deadline - ((deadline - intent.CreatedAt) / 4);

    /// <summary>Whether nothing was stored for it so recently that more may be on its way.</summary>
    public static bool MayBegin(OpenWithdrawal open, DateTimeOffset now) => now - open.TouchedAt > Settling;

    /// <summary>Whether it rests: under the governance that it was looked at under, and while the stop journal neither ends it, breaks its quorum nor tells of a restore since.</summary>
    public static bool Holds(OpenWithdrawal open, string governanceDigest, StopView stops, DateTimeOffset now) =>
        now < open.RestsUntil && open.RestsUnder == governanceDigest && stops.EndOf(open.Id) is null && !stops.HasBrokenQuorum(open.Id)
        && stops.Restores.All(r => r.Line.At < open.TouchedAt);
}
