using System.Numerics;

namespace Custody.Core.Policy;

/// <summary>
/// Rule: of the vaults that a policy rule names, one that can pay and has the least to do pays. Nothing here allows anything: the
/// gate accepts whichever of them the approved intent names, and a choice on stale numbers only makes wait or refuses.
/// </summary>
public static class VaultChoice
{
    /// <summary>
    /// The vaults in the order in which they are tried: those that cover the need first, then by nonces in flight, by what they
    /// promised, and by id, so that the same numbers always give the same order.
    /// </summary>
    public static IReadOnlyList<string> Order(IEnumerable<VaultLoad> loads, BigInteger need) =>
    [
        .. loads.OrderBy(l => !l.Covers(need)).ThenBy(l => l.InFlight).ThenBy(l => l.Promised).ThenBy(l => l.VaultId, StringComparer.Ordinal).Select(l => l.VaultId),
    ];
}
