using System.Numerics;
using Custody.Core.Intents;
using Custody.Core.Journals;

namespace Custody.Core.Policy;

/// <summary>
/// What was let out to be signed for a whitelist entry by other withdrawals, from the signing journals and nothing else. That the
/// address was paid for somebody else's entry says nothing: whoever wanted another customer's cap gone would pay it a wei.
/// </summary>
/// <param name="SignedBefore">Whether anything was, before the intent was made.</param>
/// <param name="SignedSince">What was since, base units of the asset.</param>
public sealed record DestinationHistory(bool SignedBefore, BigInteger SignedSince)
{
    /// <summary>
    /// Reads every vault's journal, which the gate alone writes; null when they are not at hand. A line that names no entry, older than
    /// that member, makes no entry known, and counts against the cap of each at its address.
    /// </summary>
    public static DestinationHistory? Of(IReadOnlyCollection<SigningView>? journals, EntryUse use)
    {
        if (journals is null)
        {
            return null;
        }

        var others = journals.SelectMany(j => j.To(use.Asset.Chain, use.Destination))
            .Where(e => e.WithdrawalId != use.WithdrawalId && e.Kind == IntentKind.Withdrawal && (e.Entry is null || e.Entry == use.EntryId)).ToList();
        var since = others.Where(e => e.At >= use.At && e.Asset == use.Asset).DistinctBy(e => e.WithdrawalId).Aggregate(BigInteger.Zero, (sum, e) => sum + e.Amount);
        return new DestinationHistory(others.Any(e => e.Entry is not null && e.At < use.At), since);
    }
}
