using System.Numerics;

namespace Custody.Core.Screening;

/// <summary>A withdrawal that a customer asked for, whatever came of it: an attempt counts too.</summary>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Amount">Base units.</param>
/// <param name="Destination">Where to, when that is known.</param>
/// <param name="Status">Where it is.</param>
public sealed record PatternPayment(string WithdrawalId, DateTimeOffset At, BigInteger Amount, string? Destination, string Status);
