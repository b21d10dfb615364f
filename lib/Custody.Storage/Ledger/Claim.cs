using System.Globalization;
using System.Numerics;
using Custody.Core.Encoding;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>What a withdrawal has in one counter of its asset.</summary>
/// <param name="Row">The counter's row.</param>
/// <param name="Key">The counter within it.</param>
/// <param name="Seconds">The window's length; 0 for the vault's hold.</param>
/// <param name="Amount">How much.</param>
internal sealed record Claim(string Row, string Key, int Seconds, BigInteger Amount)
{
    /// <summary>
    /// A counter has a row of its own, save those of destinations and of customers' days: there are many, and a row for each 256th of
    /// them keeps the counters so few that one query over them, however many addresses were paid, passes over 256 rows at most.
    /// </summary>
    public static Claim Of(ReservedWindow window, Reservation reservation)
    {
        // A limit with another length is another window: what was settled leaves at other times.
        var key = KeyText.Join(window.Subject, window.Limit.WindowSeconds.ToString(CultureInfo.InvariantCulture));
        var scope = window.Limit.Scope.ToString().ToLowerInvariant();
        var row = window.Limit.Scope is LimitScope.Destination or LimitScope.CustomerValue ? DomainDigest.Hex("custody/counter/v1", System.Text.Encoding.UTF8.GetBytes(key))[..2] : key;
        return new Claim($"{CounterRow.Prefix}{scope}.{row}", key, window.Limit.WindowSeconds, window.Amount ?? reservation.Amount);
    }

    /// <summary>What the vault promises. The fee is paid in the chain's coin; a token's own balance does not pay it.</summary>
    public static Claim Hold(Reservation reservation) =>
        Hold(reservation.VaultId, reservation.Asset.IsNative ? reservation.Amount + reservation.MaxFee : reservation.Amount);

    /// <summary>So much that a vault promises.</summary>
    public static Claim Hold(string vaultId, BigInteger amount)
    {
        var vault = KeyText.Encode(vaultId);
        return new Claim($"{CounterRow.Prefix}hold.{vault}", vault, 0, amount);
    }

    public bool IsSameCounter(Claim other) => Row == other.Row && Key == other.Key;
}
