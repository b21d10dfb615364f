using Custody.Core.Approvals;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Functions.Amendments;

/// <summary>An amendment as the API shows it.</summary>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Number">Counts from 1 within the attempt.</param>
/// <param name="Kind"><c>feeBump</c> or <c>cancel</c>.</param>
/// <param name="Status"><c>waiting</c>, <c>approved</c>, or <c>over</c> with a code: rejected, expired, or no longer what was ordered.</param>
/// <param name="IntentDigest">What approvers sign, hex.</param>
/// <param name="MaxTotal">The most that the transaction may cost, base units.</param>
/// <param name="MaxRate">The most that it may offer for a unit of gas.</param>
/// <param name="Approvals">Distinct people who approved.</param>
/// <param name="Needed">How many must.</param>
/// <param name="Deadline">Until when.</param>
/// <param name="OrderedBy">Who ordered it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Code">Why it is over.</param>
/// <param name="Detail">The same as a sentence.</param>
public sealed record AmendmentView(
    string WithdrawalId,
    int Attempt,
    int Number,
    string Kind,
    string Status,
    string IntentDigest,
    string MaxTotal,
    string MaxRate,
    int Approvals,
    int Needed,
    DateTimeOffset? Deadline,
    string? OrderedBy,
    string? Reason,
    string? Code,
    string? Detail)
{
    /// <summary>The view of an amendment; null for one whose intent cannot be read.</summary>
    public static AmendmentView? Of(ReadAmendment amendment)
    {
        if (amendment.Stored.Intent is not { } intent)
        {
            return null;
        }

        var (reading, stands) = (amendment.Reading, amendment.Reading.Verdict.IsAllowed);
        return new AmendmentView(
            intent.WithdrawalId, intent.Attempt, amendment.Stored.Number, intent.Kind == IntentKind.Cancel ? "cancel" : "feeBump",
            !stands ? "over" : reading.Tally.Outcome == ApprovalOutcome.Approved ? "approved" : "waiting",
            intent.Digest(), $"{intent.Fee.MaxTotal}", $"{intent.Fee.MaxRate}", reading.Tally.Approvals, reading.Tally.Needed,
            stands ? reading.Deadline : null, stands ? reading.OrderedBy : null, stands ? reading.Reason : null,
            stands ? null : reading.Verdict.Code.Text(), stands ? null : reading.Verdict.Detail);
    }
}
