using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: with this payment, what left all vaults in all assets stays within the platform's limit in value, where one is governed. What
/// left is added up from the signing journals and valued by the signed prices in force: the value that a table says it had can be
/// edited. An asset of which something left and whose price cannot be used denies. Asked of the version that the intent names and of
/// the one in force, as every window.
/// </summary>
public static class PlatformValueWindowRule
{
    /// <summary>Checks the window of each version that counts.</summary>
    public static Verdict Check(GateFacts facts, WithdrawalIntent intent)
    {
        var (verdict, terms) = IntentTerms.Of(intent, facts.Governed);
        return verdict.IsAllowed ? Verdict.All([.. terms.Select(t => (Func<Verdict>)(() => Check(facts, intent, t.Governed)))]) : verdict;
    }

    private static Verdict Check(GateFacts facts, WithdrawalIntent intent, Governed governed)
    {
        if (governed.Document is not { PlatformValue: { } limit } document)
        {
            return Verdict.Allowed;
        }

        var since = facts.SlowerClock - TimeSpan.FromSeconds(limit.WindowSeconds);
        var left = facts.Signings.Values.SelectMany(j => j.PaidOut(since, intent.WithdrawalId)).GroupBy(e => e.Asset!.Value)
            .ToDictionary(g => g.Key, g => g.Aggregate(BigInteger.Zero, (sum, e) => sum + e.Amount));
        var own = Value(intent.Asset, intent.Amount);
        var (used, verdict) = (BigInteger.Zero, own.Verdict);
        foreach (var (asset, amount) in verdict.IsAllowed ? left : [])
        {
            (verdict, var value) = Value(asset, amount);
            if (!verdict.IsAllowed)
            {
                break;
            }

            used += value;
        }

        return verdict.IsAllowed ? PlatformValueRule.Check(limit, used, own.Value) : verdict;

        (Verdict Verdict, BigInteger Value) Value(AssetId asset, BigInteger amount)
        {
            // What governance dropped since was paid out all the same.
            var decimals = facts.Governed.EveryAsset.FirstOrDefault(a => a.Id == asset)?.Decimals;
            var price = PriceRule.Read(facts.AssetPrices?.GetValueOrDefault(asset), asset, governed, facts.Now, facts.ChainTime);
            return decimals is null ? (Verdict.Refused(RefusalCode.AssetUnknown, $"The asset {asset} was never registered, and some of it left."), 0)
                : price is { Verdict.IsAllowed: true, Entry: { } entry } ? (price.Verdict, entry.Of(amount, decimals.Value, document.Prices!.Decimals))
                : (price.Verdict, 0);
        }
    }
}
