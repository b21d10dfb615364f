using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: sign once. A slot belongs to one withdrawal, and within an attempt to one digest or to one that outbids it as
/// governance allows (<see cref="ReplacementRule"/>); and once anything was signed for a
/// withdrawal, by whichever vault, whatever is signed for it later takes a slot in common with each earlier one, so that at
/// most one can confirm. That is why every vault's journal is asked: a second attempt that policy sends to another vault
/// conflicts with nothing in that vault's own journal, and would pay twice.
/// </summary>
public static class SlotRule
{
    /// <summary>Checks the journals, each read to its head.</summary>
    public static Verdict Check(IReadOnlyDictionary<string, SigningView> journals, SigningOrder order)
    {
        if (journals.Values.Any(j => j.IsClosed(order.Intent.WithdrawalId, order.Intent.Attempt)))
        {
            return Verdict.Refused(RefusalCode.Stopped, "The withdrawal or its attempt ended unpaid; what it held may belong to another.");
        }

        foreach (var slot in order.Slots)
        {
            foreach (var journal in journals.Values)
            {
                if (journal.TakenBy(slot) is { } taken && !MayFollow(taken, order) && !IsOutbid(journal, taken, order))
                {
                    return Verdict.Refused(RefusalCode.SlotTaken, $"The slot {slot} was taken by {taken.WithdrawalId}, attempt {taken.Attempt}, for another digest.");
                }
            }
        }

        return journals.Values.SelectMany(j => j.Of(order.Intent.WithdrawalId)).All(earlier => earlier.Slots.Intersect(order.Slots, StringComparer.Ordinal).Any())
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.LineageBroken, "The transaction does not conflict with every earlier one that was signed for the withdrawal.");
    }

    /// <summary>
    /// The line for this very order, not older than <paramref name="since"/>; null when there is none and one must be written
    /// before the vault is asked.
    /// </summary>
    public static SigningEntry? Line(SigningView journal, SigningOrder order, DateTimeOffset since) =>
        journal.Of(order.Intent.WithdrawalId).LastOrDefault(e => e.Sighash == order.SighashHex && e.Attempt == order.Intent.Attempt && e.At > since);

    // A slow run may ask again for what was journalled, though the attempt has something that outbids it by now.
    private static bool IsOutbid(SigningView journal, SigningEntry taken, SigningOrder order) =>
        taken.WithdrawalId == order.Intent.WithdrawalId && taken.Attempt == order.Intent.Attempt
        && journal.Of(taken.WithdrawalId).Any(e => e.Sighash == order.SighashHex && e.Attempt == taken.Attempt);

    private static bool MayFollow(SigningEntry taken, SigningOrder order) =>
        taken.WithdrawalId == order.Intent.WithdrawalId
        && (taken.Sighash == order.SighashHex || taken.Attempt < order.Intent.Attempt
            || (taken.Attempt == order.Intent.Attempt && order.Replaces?.Contains(taken.Sighash) == true));
}
