using Custody.Core.Journals;

namespace Custody.Core.Maintenance;

/// <summary>Rule: a gap fill goes on in a freeze, since it moves nothing; what moves coin does not, whichever of the two vaults is frozen.</summary>
public static class UpkeepFreezeRule
{
    /// <summary>Whether a freeze in force stops what was ordered.</summary>
    public static bool IsFrozen(UpkeepOrder order, StopView stops) =>
        order.Kind() != MaintenanceKind.GapFill && (stops.FreezeOn(order.VaultId, "") ?? stops.FreezeOn(order.Funding?.VaultId ?? "", "")) is not null;
}
