using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Core.Screening;

/// <summary>A withdrawal that a customer asked for, whatever came of it: an attempt counts too.</summary>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Amount">Base units.</param>
/// <param name="Destination">Where to, when that is known.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Asset">Of what, where several assets are looked at together; absent: of the asset that is.</param>
/// <param name="Value">What it is worth in the reference currency's smallest unit, where that is looked at and a price says.</param>
public sealed record PatternPayment(string WithdrawalId, DateTimeOffset At, BigInteger Amount, string? Destination, string Status, AssetId? Asset = null, BigInteger? Value = null);
