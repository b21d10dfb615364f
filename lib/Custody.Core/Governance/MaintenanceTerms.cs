using System.Numerics;

namespace Custody.Core.Governance;

/// <summary>
/// What operators may have a vault do for its own upkeep: a zero-value transfer to itself at a nonce that nothing takes, so that
/// what is signed above it can be mined.
/// </summary>
/// <param name="Quorum">Different operators who must sign the same order; at least 2.</param>
/// <param name="MaxTotal">Most that one fill may cost, base units of the chain's native coin.</param>
/// <param name="MaxRate">Most that it may offer for a unit of gas (<c>maxFeePerGas</c>).</param>
/// <param name="FillsPerDay">Most fills of one vault in 24 hours, by the signing journal.</param>
/// <param name="AfterSeconds">How long something signed must have waited above a nonce that nothing takes.</param>
/// <param name="GasFunding">What of the chain's native coin they may have one vault send to another for its gas; absent: nothing.</param>
public sealed record MaintenanceTerms(int Quorum, BigInteger MaxTotal, BigInteger MaxRate, int FillsPerDay, int AfterSeconds, GasFundingTerms? GasFunding = null);

/// <summary>What operators may have a vault send to another one of our own, so that it can pay the gas of its tokens.</summary>
/// <param name="Quorum">Different operators who must sign the same order; at least 2.</param>
/// <param name="MaxAmount">Most of one transfer, base units of the chain's native coin.</param>
/// <param name="MaxPerDay">Most of all of them on the chain together in 24 hours, by the signing journals.</param>
/// <param name="MaxTotal">Most that one may cost, base units of the native coin.</param>
/// <param name="MaxRate">Most that it may offer for a unit of gas (<c>maxFeePerGas</c>).</param>
public sealed record GasFundingTerms(int Quorum, BigInteger MaxAmount, BigInteger MaxPerDay, BigInteger MaxTotal, BigInteger MaxRate);
