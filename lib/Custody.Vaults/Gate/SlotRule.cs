using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: sign once. A slot belongs to one withdrawal, and within an attempt to one digest; and once anything was signed for a
/// withdrawal, whatever is signed for it later takes a slot in common with each earlier one, so that at most one can confirm.
/// </summary>
public static class SlotRule
{
    /// <summary>Checks the journal read to its head.</summary>
    public static Verdict Check(SigningView journal, SigningOrder order)
    {
        foreach (var slot in order.Slots)
        {
            if (journal.TakenBy(slot) is { } taken && !MayFollow(taken, order))
            {
                return Verdict.Refused(RefusalCode.SlotTaken, $"The slot {slot} was taken by {taken.WithdrawalId}, attempt {taken.Attempt}, for another digest.");
            }
        }

        return journal.Of(order.Intent.WithdrawalId).All(earlier => earlier.Slots.Intersect(order.Slots, StringComparer.Ordinal).Any())
            ? Verdict.Allowed
            : Verdict.Refused(RefusalCode.LineageBroken, "The transaction does not conflict with every earlier one that was signed for the withdrawal.");
    }

    /// <summary>True when the journal has this very order already, so that the vault may be asked again without a new line.</summary>
    public static bool IsJournalled(SigningView journal, SigningOrder order) =>
        journal.Of(order.Intent.WithdrawalId).Any(e => e.Sighash == order.SighashHex && e.Attempt == order.Intent.Attempt);

    private static bool MayFollow(SigningEntry taken, SigningOrder order) =>
        taken.WithdrawalId == order.Intent.WithdrawalId
        && (taken.Sighash == order.SighashHex || taken.Attempt < order.Intent.Attempt);
}
