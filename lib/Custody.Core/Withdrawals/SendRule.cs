using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Core.Withdrawals;

/// <summary>
/// Rule: bytes go to a node only when the withdrawal's file says that they are being sent, and nothing in the stop journal stops
/// them. That the file says so proves no hand-over, and that a block held it is no more than the file's word: what is stopped is not
/// sent, not even again. A settled payment that a rewound chain lost, which two operators had looked for, is sent again as it was, in the
/// freeze that the rewinding found too.
/// </summary>
public static class SendRule
{
    /// <summary>Checks the transaction <paramref name="transactionId"/> of an attempt, signed by a vault.</summary>
    public static Verdict Check(WithdrawalState state, int attempt, string transactionId, string vaultId, WithdrawalIntent intent, StopView stops) =>
        // A cancel that was final and is in no block any more: it moves nothing, and keeps out the payment that it ended.
        state.Status == WithdrawalStatus.Cancelled && intent.Kind == IntentKind.Cancel && state.TransactionId == transactionId ? Verdict.Allowed
        : state.Status is not (WithdrawalStatus.Broadcast or WithdrawalStatus.Confirming or WithdrawalStatus.Reorged or WithdrawalStatus.Settled or WithdrawalStatus.Failed)
            || state.TransactionId != transactionId
                ? Verdict.Refused(RefusalCode.SendingNotRecorded, "The withdrawal's file does not say that these bytes are being sent.")
            : state.Status.IsEnd() ? Ended(state.Id, attempt, stops)
            : Stopped(state.Id, attempt, vaultId, intent, stops);

    /// <summary>What in the stop journal keeps an attempt's bytes from being handed over. A cancel moves nothing, and no freeze stops it.</summary>
    public static Verdict Stopped(string withdrawalId, int attempt, string vaultId, WithdrawalIntent intent, StopView stops) => Verdict.All(
        () => Ended(withdrawalId, attempt, stops),
        () => intent.Kind != IntentKind.Cancel && stops.FreezeOn(vaultId, intent.ClientId) is { } freeze
            ? Verdict.Refused(RefusalCode.Frozen, $"{freeze.Subject} is frozen: {freeze.Reason}")
            : Verdict.Allowed);

    private static Verdict Ended(string withdrawalId, int attempt, StopView stops) =>
        stops.EndOf(withdrawalId) is { } end ? Verdict.Refused(RefusalCode.Stopped, end.Reason)
        : stops.IsBurnt(withdrawalId, attempt) ? Verdict.Refused(RefusalCode.Stopped, $"Attempt {attempt} no longer counts.")
        : Verdict.Allowed;
}
