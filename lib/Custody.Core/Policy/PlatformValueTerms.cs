using System.Numerics;

namespace Custody.Core.Policy;

/// <summary>
/// The most that leaves the platform over all assets together. Each asset's own limits hold besides: they cannot say what several
/// assets at their limits are worth together.
/// </summary>
/// <param name="WindowSeconds">The sliding window's length; at least 1.</param>
/// <param name="MaxValue">In the reference currency's smallest unit; above zero.</param>
public sealed record PlatformValueTerms(int WindowSeconds, BigInteger MaxValue);
