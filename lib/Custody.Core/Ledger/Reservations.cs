using System.Numerics;
using Custody.Core.Admission;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Policy;

namespace Custody.Core.Ledger;

/// <summary>What an admitted request reserves: a window in every scope, narrow to wide, and the vault's funds.</summary>
public static class Reservations
{
    /// <summary>A limit that is not set is reserved as one of zero, which refuses.</summary>
    public static Reservation For(Admitted admitted, string vaultId, Governed governed)
    {
        var request = admitted.Request;
        return new Reservation(
            WithdrawalId.Derive(request.ClientId, request.RequestId),
            request.Asset,
            request.Amount,
            admitted.Fee.MaxTotal,
            vaultId,
            [
                .. Value(admitted, governed),
                Window(LimitScope.Destination, admitted.Entry.Address),
                Window(LimitScope.Client, request.ClientId),
                Window(LimitScope.Vault, vaultId),
                .. admitted.Rule.Approvals.IsAutomatic() ? [Window(LimitScope.Automatic, "automatic")] : Array.Empty<ReservedWindow>(),
                Window(LimitScope.Platform, "platform"),
                .. PlatformValue(admitted, governed),
            ],
            Coin: request.Asset.IsNative ? null : governed.Document.Assets.FirstOrDefault(a => a.Id.IsNative && a.Id.Chain == request.Asset.Chain)?.Id);

        ReservedWindow Window(LimitScope scope, string subject) =>
            new(LimitRule.Find(governed, scope, request.Asset) ?? new VelocityLimit(scope, request.Asset, 1, 0), subject);
    }

    /// <summary>Whether a reservation that was remembered earlier is as wide as what was admitted now asks for; a value may have moved.</summary>
    public static bool Covers(Reservation remembered, Admitted admitted, Governed governed)
    {
        var due = For(admitted, remembered.VaultId, governed);
        return admitted.Rule.PaysFrom(remembered.VaultId) && remembered.Amount == due.Amount && remembered.MaxFee >= due.MaxFee && remembered.Coin == due.Coin
            && due.Windows.All(w => remembered.Windows.Any(r => r.Limit.Scope == w.Limit.Scope && r.Subject == w.Subject));
    }

    /// <summary>What the vault must hold of the asset for it, base units. The fee of a token is paid in another coin.</summary>
    public static BigInteger Need(Admitted admitted) => admitted.Request.Asset.IsNative ? admitted.Request.Amount + admitted.Fee.MaxTotal : admitted.Request.Amount;

    // Policy has refused what has no value by now; if it had not, this would.
    private static IEnumerable<ReservedWindow> PlatformValue(Admitted admitted, Governed governed)
    {
        if (governed.Document.PlatformValue is { } terms)
        {
            var limit = new VelocityLimit(LimitScope.PlatformValue, admitted.Request.Asset, terms.WindowSeconds, admitted.Value is null ? 0 : terms.MaxValue);
            yield return new ReservedWindow(limit, "platform", admitted.Value ?? 1);
        }
    }

    // What is worth nothing that anybody knows passes no value limit: a retail customer without one has a window of zero.
    private static IEnumerable<ReservedWindow> Value(Admitted admitted, Governed governed)
    {
        if (admitted.Customer.Class != CustomerClass.Professional)
        {
            var most = admitted.Value is null ? 0 : governed.Document.Retail?.MaxDailyValue ?? 0;
            var limit = new VelocityLimit(LimitScope.CustomerValue, admitted.Request.Asset, RetailTerms.WindowSeconds, most);
            yield return new ReservedWindow(limit, $"{admitted.Request.ClientId}/{admitted.Request.CustomerId}", admitted.Value ?? 1);
        }
    }
}
