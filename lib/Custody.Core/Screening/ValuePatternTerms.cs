using System.Numerics;

namespace Custody.Core.Screening;

/// <summary>What is suspicious over one customer's withdrawals of all assets together: a sum that is split over assets is a sum.</summary>
/// <param name="WindowSeconds">The sliding window; at least 1.</param>
/// <param name="MaxValue">A value within the window above it is suspicious, in the reference currency's smallest unit; above zero.</param>
public sealed record ValuePatternTerms(int WindowSeconds, BigInteger MaxValue);
