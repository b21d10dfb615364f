using System.Numerics;

namespace Custody.Core.Policy;

/// <summary>What a vault that may pay has to do already.</summary>
/// <param name="VaultId">The vault.</param>
/// <param name="InFlight">How many nonces of its account were given out that no block has yet.</param>
/// <param name="Balance">What its account holds of the asset on the chain, base units.</param>
/// <param name="Promised">What of that is promised to withdrawals, base units.</param>
public sealed record VaultLoad(string VaultId, ulong InFlight, BigInteger Balance, BigInteger Promised)
{
    /// <summary>Whether it can pay so much besides.</summary>
    public bool Covers(BigInteger need) => Balance - Promised >= need;
}
