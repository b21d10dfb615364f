using System.Numerics;

namespace Custody.Core.Policy;

/// <summary>The caps on a transaction's fee; every one holds at once.</summary>
/// <param name="MaxTotal">Base units of the chain's native coin.</param>
/// <param name="MaxRate">Wei per gas, or satoshi per virtual byte.</param>
/// <param name="MaxShareBasisPoints">Hundredths of a percent of the amount, for withdrawals of the native coin.</param>
/// <param name="MaxTokenShareBasisPoints">
/// Hundredths of a percent of what a token's amount is worth, which its fee in coin may be worth by the signed prices of both; absent: the
/// other caps are what holds for tokens.
/// </param>
public sealed record FeeCaps(BigInteger MaxTotal, BigInteger MaxRate, int MaxShareBasisPoints, int? MaxTokenShareBasisPoints = null);
