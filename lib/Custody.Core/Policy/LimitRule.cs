using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Policy;

/// <summary>Rule: with this amount, a sliding window stays within its limit. A limit that is not set denies, and so does one of nothing.</summary>
public static class LimitRule
{
    /// <summary>The limit that governs a scope and asset; null when there is none.</summary>
    public static VelocityLimit? Find(Governed governed, LimitScope scope, AssetId asset) =>
        governed.Document.Limits.FirstOrDefault(l => l.Scope == scope && l.Asset == asset);

    /// <summary>Whether <paramref name="amount"/> fits on top of <paramref name="used"/>.</summary>
    public static Verdict Check(VelocityLimit? limit, LimitScope scope, AssetId asset, BigInteger used, BigInteger amount) =>
        limit is null or { MaxAmount.IsZero: true } ? Verdict.Refused(RefusalCode.LimitMissing, $"No {Name(scope)} limit is set for {asset}.")
        : used + amount > limit.MaxAmount ? Verdict.Refused(
            RefusalCode.VelocityExceeded, $"The {Name(scope)} limit of {limit.MaxAmount} in {limit.WindowSeconds} s has {BigInteger.Max(0, limit.MaxAmount - used)} left.")
        : Verdict.Allowed;

    private static string Name(LimitScope scope) => scope.ToString().ToLowerInvariant();
}
