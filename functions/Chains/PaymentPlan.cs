using System.Numerics;
using Custody.Core.Results;

namespace Custody.Functions.Chains;

/// <summary>A payment that is planned but for its nonce; the bytes only when the verdict allows.</summary>
/// <param name="Verdict">Whether it may be built.</param>
/// <param name="MaxFee">The most that it can pay in fees, base units of native coin.</param>
/// <param name="Encode">The unsigned bytes at a nonce.</param>
public readonly record struct PaymentPlan(Verdict Verdict, BigInteger MaxFee, Func<ulong, byte[]>? Encode)
{
    /// <summary>No plan.</summary>
    public static PaymentPlan Refused(Verdict verdict) => new(verdict, BigInteger.Zero, null);
}
