using Custody.Core.Assets;
using Custody.Core.Journals;

namespace Custody.Core.Maintenance;

/// <summary>
/// Rule: a nonce is a gap when no line of a signing journal takes it and a line takes one above it: what is signed there cannot be
/// mined before something is mined here. What tables say of nonces plays no part. So is a nonce that lost lines may have taken, after a
/// restore: a fill there is what ends whatever was signed and forgotten.
/// </summary>
public static class NonceGapRule
{
    /// <summary>The gap at a nonce; null when there is none. <paramref name="lost"/> is what restores lost of the account.</summary>
    public static NonceGap? At(ChainId chain, EvmAddress account, ulong nonce, IEnumerable<SigningView> journals, LostNonces lost = default)
    {
        DateTimeOffset? since = nonce < lost.Below ? lost.Since : null;
        foreach (var entry in journals.SelectMany(j => j.All))
        {
            foreach (var slot in entry.Slots)
            {
                if (SigningSlot.NonceOf(slot, chain, account) is not { } taken || taken < nonce)
                {
                    continue;
                }

                if (taken == nonce)
                {
                    return null;
                }

                since = since is null || entry.At < since ? entry.At : since;
            }
        }

        return since is { } at ? new NonceGap(nonce, at) : null;
    }

    /// <summary>
    /// The gaps of an account, lowest first, that kept something waiting for <paramref name="after"/>.
    /// </summary>
    /// <param name="chain">The chain.</param>
    /// <param name="account">The account.</param>
    /// <param name="latest">What the account has spent by the newest block.</param>
    /// <param name="pending">The same with what the node's pool holds without a gap; what lags, or is not known, is at most that.</param>
    /// <param name="maxInFlight">Nonces further above are never given out.</param>
    /// <param name="journals">Every vault's signing journal.</param>
    /// <param name="now">The time.</param>
    /// <param name="after">How long.</param>
    /// <param name="lost">What restores lost of the account.</param>
    public static IReadOnlyList<NonceGap> Find(
        ChainId chain, EvmAddress account, ulong latest, ulong pending, int maxInFlight, IReadOnlyList<SigningView> journals, DateTimeOffset now, TimeSpan after, LostNonces lost = default)
    {
        var gaps = new List<NonceGap>();
        for (var nonce = Math.Max(latest, pending); nonce < Math.Max(latest + (ulong)maxInFlight, lost.Below); nonce++)
        {
            if (journals.Any(j => j.TakenBy(SigningSlot.Nonce(chain, account, nonce)) is not null))
            {
                continue;
            }

            if (At(chain, account, nonce, journals, lost) is not { } gap)
            {
                break;
            }

            if (gap.Since + after <= now)
            {
                gaps.Add(gap);
            }
        }

        return gaps;
    }
}
