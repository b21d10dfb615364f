using System.Numerics;

namespace Custody.Core.Intents;

/// <summary>What a transaction may cost, in the chain's base units. Every cap holds at once.</summary>
/// <param name="MaxTotal">The most the whole transaction may pay, base units: the smaller of the rule's absolute and share caps and the request's own.</param>
/// <param name="MaxRate">The most a unit may pay: wei per gas (EIP-1559 <c>maxFeePerGas</c>), or satoshi per virtual byte.</param>
public sealed record FeeEnvelope(BigInteger MaxTotal, BigInteger MaxRate);
