using Custody.Core.Governance;
using Custody.Core.Ledger;
using Custody.Core.Maintenance;
using Custody.Core.Policy;

namespace Custody.Functions.Maintenance;

/// <summary>What gas funding reserves, as a payment does: the windows of vault and platform, and the paying vault's funds.</summary>
public static class UpkeepReservations
{
    /// <summary>Follows from the order and governance alone, so that it need not be stored; null for what moves nothing. A limit that is not set refuses.</summary>
    public static Reservation? For(UpkeepOrder order, Governed governed)
    {
        if (order.Funding is not { } funding || order.Intent(governed) is not { } intent)
        {
            return null;
        }

        return new Reservation(
            order.Id(),
            intent.Asset,
            intent.Amount,
            intent.Fee.MaxTotal,
            intent.VaultId,
            [Window(LimitScope.Vault, intent.VaultId), Window(LimitScope.Platform, "platform")],
            funding.VaultId);

        ReservedWindow Window(LimitScope scope, string subject) =>
            new(LimitRule.Find(governed, scope, intent.Asset) ?? new VelocityLimit(scope, intent.Asset, 1, 0), subject);
    }
}
