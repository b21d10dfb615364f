using Custody.Core.Admission;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Ledger;
using Custody.Core.Policy;

namespace Custody.Functions.Withdrawals;

/// <summary>What an admitted request reserves: a window in every scope, narrow to wide, and the vault's funds.</summary>
public static class Reservations
{
    /// <summary>A limit that is not set is reserved as one of zero, which refuses.</summary>
    public static Reservation For(Admitted admitted, Governed governed)
    {
        var request = admitted.Request;
        return new Reservation(
            WithdrawalId.Derive(request.ClientId, request.RequestId),
            request.Asset,
            request.Amount,
            admitted.Fee.MaxTotal,
            admitted.Rule.VaultId,
            [
                Window(LimitScope.Destination, admitted.Entry.Address),
                Window(LimitScope.Client, request.ClientId),
                Window(LimitScope.Vault, admitted.Rule.VaultId),
                Window(LimitScope.Platform, "platform"),
            ]);

        ReservedWindow Window(LimitScope scope, string subject) =>
            new(LimitRule.Find(governed, scope, request.Asset) ?? new VelocityLimit(scope, request.Asset, 1, 0), subject);
    }
}
