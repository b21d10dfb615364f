using System.Numerics;
using Custody.Core.Intents;

namespace Custody.Core.Amendments;

/// <summary>
/// An operator's proposal that a payment which is signed and in no block may cost more (typ <c>custody-fee-bump+jws</c>). It
/// approves nothing: the bump that follows from it needs votes of its own.
/// </summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="ParentDigest">The attempt's intent, hex.</param>
/// <param name="MaxTotal">The new most that the transaction may cost, base units of the chain's native coin.</param>
/// <param name="MaxRate">The new most that it may offer for a unit of gas.</param>
/// <param name="OperatorId">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">The deadline of the bump: from then on nothing is signed under it that was not before.</param>
public sealed record FeeBumpStatement(
    int Version,
    string WithdrawalId,
    int Attempt,
    string ParentDigest,
    BigInteger MaxTotal,
    BigInteger MaxRate,
    string OperatorId,
    string Reason,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>The envelope that is proposed.</summary>
    public FeeEnvelope Envelope() => new(MaxTotal, MaxRate);
}
