using System.Numerics;

namespace Custody.Core.Policy;

/// <summary>A range of values in the reference currency's smallest unit. Ranges that meet neither overlap nor leave a gap.</summary>
/// <param name="From">The smallest value within; absent: no lower end.</param>
/// <param name="Below">The smallest value above it, not within; absent: no upper end.</param>
public sealed record ValueRange(BigInteger? From, BigInteger? Below)
{
    /// <summary>Whether a value is within.</summary>
    public bool Contains(BigInteger value) => (From is null || value >= From) && (Below is null || value < Below);
}
