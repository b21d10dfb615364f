using System.Numerics;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: with this payment the windows of destination, vault and platform stay within their limits, added up from the signing
/// journals alone: reservations in tables can be edited, what was signed cannot. What a rule alone approved has a window of
/// its own besides. The limits are those of the version that the intent names and of the one in force: a higher limit since is
/// not what was approved under, and a lower one holds at once.
/// </summary>
public static class WindowRule
{
    /// <summary>Checks every window that counts at the gate.</summary>
    public static Verdict Check(IReadOnlyDictionary<string, SigningView> journals, SigningOrder order, Governed governed, DateTimeOffset now)
    {
        var (verdict, terms) = IntentTerms.Of(order.Intent, governed);
        return verdict.IsAllowed ? Verdict.All([.. terms.Select(t => (Func<Verdict>)(() => Check(journals, order, t, now)))]) : verdict;
    }

    /// <summary>
    /// The windows of vault and platform for what goes to a vault of our own, which no rule of policy and no whitelist entry is for.
    /// </summary>
    public static Verdict CheckOwn(IReadOnlyDictionary<string, SigningView> journals, WithdrawalIntent intent, Governed governed, DateTimeOffset now)
    {
        return journals.GetValueOrDefault(intent.VaultId) is not { } own ? default : Verdict.All(
            () => Within(LimitScope.Vault, since => own.Spent(intent.Asset, since, intent.WithdrawalId)),
            () => Within(LimitScope.Platform, since => journals.Values.Sum(j => j.Spent(intent.Asset, since, intent.WithdrawalId))));

        Verdict Within(LimitScope scope, Func<DateTimeOffset, BigInteger> spent)
        {
            var limit = LimitRule.Find(governed, scope, intent.Asset);
            var used = limit is null ? BigInteger.Zero : spent(now - TimeSpan.FromSeconds(limit.WindowSeconds));
            return LimitRule.Check(limit, scope, intent.Asset, used, intent.Amount);
        }
    }

    private static Verdict Check(IReadOnlyDictionary<string, SigningView> journals, SigningOrder order, GovernedRule term, DateTimeOffset now)
    {
        var own = journals[order.Vault.Id];
        return Verdict.All(
            () => Within(LimitScope.Destination, since => journals.Values.Sum(j => j.Spent(order.Intent.Asset, since, order.Intent.WithdrawalId, order.Intent.Destination))),
            () => Within(LimitScope.Vault, since => own.Spent(order.Intent.Asset, since, order.Intent.WithdrawalId)),
            () => Within(LimitScope.Platform, since => journals.Values.Sum(j => j.Spent(order.Intent.Asset, since, order.Intent.WithdrawalId))),
            () => !term.Rule.Approvals.IsAutomatic() ? Verdict.Allowed
                : Within(LimitScope.Automatic, since => journals.Values.Sum(j => j.Spent(order.Intent.Asset, since, order.Intent.WithdrawalId, automaticOnly: true))));

        Verdict Within(LimitScope scope, Func<DateTimeOffset, BigInteger> spent)
        {
            var limit = LimitRule.Find(term.Governed, scope, order.Intent.Asset);
            var used = limit is null ? BigInteger.Zero : spent(now - TimeSpan.FromSeconds(limit.WindowSeconds));
            return LimitRule.Check(limit, scope, order.Intent.Asset, used, order.Intent.Amount);
        }
    }

    private static BigInteger Sum(this IEnumerable<SigningView> journals, Func<SigningView, BigInteger> spent) =>
        journals.Select(spent).Aggregate(BigInteger.Zero, (sum, amount) => sum + amount);
}
