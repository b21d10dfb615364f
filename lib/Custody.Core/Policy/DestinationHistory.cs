using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.Core.Journals;

namespace Custody.Core.Policy;

/// <summary>What was let out to be signed for a destination by other withdrawals, from the signing journals and nothing else.</summary>
/// <param name="SignedBefore">Whether anything was, before the intent was made.</param>
/// <param name="SignedSince">What was since, base units of the asset.</param>
public sealed record DestinationHistory(bool SignedBefore, BigInteger SignedSince)
{
    /// <summary>Reads every vault's journal; null when they are not at hand.</summary>
    public static DestinationHistory? Of(
        IReadOnlyCollection<SigningView>? journals, AssetId asset, string destination, string withdrawalId, DateTimeOffset at)
    {
        if (journals is null)
        {
            return null;
        }

        var others = journals.SelectMany(j => j.To(asset.Chain, destination)).Where(e => e.WithdrawalId != withdrawalId && e.Kind == IntentKind.Withdrawal).ToList();
        var since = others.Where(e => e.At >= at && e.Asset == asset).DistinctBy(e => e.WithdrawalId).Aggregate(BigInteger.Zero, (sum, e) => sum + e.Amount);
        return new DestinationHistory(others.Any(e => e.At < at), since);
    }
}
