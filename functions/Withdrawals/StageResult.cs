using System.Text.Json.Serialization;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>What a stage's activity answers: where the withdrawal is now. It tells the orchestration what to call next; it allows nothing.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Next">The next step, see <see cref="Steps"/>.</param>
/// <param name="Status">The status, as the API writes it.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Reason">The code of a hold or end.</param>
/// <param name="Approvals">Votes that count.</param>
/// <param name="Needed">Votes needed.</param>
/// <param name="Until">The time to wait for: the approvals' deadline, or before the next step is tried.</param>
/// <param name="TransactionId">The transaction.</param>
/// <param name="Retry">True when the step itself is to be called again after <paramref name="Until"/>.</param>
/// <param name="PatienceSeconds">With <paramref name="Retry"/> and a reason: for how long it is called again before people are asked; absent: ten times.</param>
public sealed record StageResult(
    int Version,
    string Next,
    string Status,
    int Attempt,
    string? Reason = null,
    int Approvals = 0,
    int Needed = 0,
    DateTimeOffset? Until = null,
    string? TransactionId = null,
    bool Retry = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? PatienceSeconds = null)
{
    /// <summary>The result for a withdrawal as it is.</summary>
    public static StageResult Of(WithdrawalState state, int approvals = 0, int needed = 0) => new(
        1,
        Steps.After(state.Status),
        StatusText.Of(state.Status),
        state.Attempt,
        state.Reason == RefusalCode.Unspecified ? null : state.Reason.Text(),
        approvals,
        needed,
        state.Status == WithdrawalStatus.AwaitingApproval ? state.ApprovalDeadline : null,
        state.TransactionId);
}
