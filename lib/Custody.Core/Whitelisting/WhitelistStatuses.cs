namespace Custody.Core.Whitelisting;

/// <summary>What statuses mean, and which may follow which. A transition that is not here is a bug and throws.</summary>
public static class WhitelistStatuses
{
    private static readonly Dictionary<WhitelistStatus, WhitelistStatus[]> Successors = new()
    {
        [WhitelistStatus.Proposed] = [WhitelistStatus.Screening, WhitelistStatus.AwaitingApproval, WhitelistStatus.Rejected, WhitelistStatus.Expired, WhitelistStatus.Tombstoned],
        [WhitelistStatus.Screening] = [WhitelistStatus.AwaitingApproval, WhitelistStatus.Rejected, WhitelistStatus.Expired, WhitelistStatus.Tombstoned],
        [WhitelistStatus.AwaitingApproval] = [WhitelistStatus.CoolingOff, WhitelistStatus.Rejected, WhitelistStatus.Expired, WhitelistStatus.Tombstoned],
        [WhitelistStatus.CoolingOff] = [WhitelistStatus.Active, WhitelistStatus.Suspended, WhitelistStatus.Rejected, WhitelistStatus.Tombstoned],
        [WhitelistStatus.Active] = [WhitelistStatus.Suspended, WhitelistStatus.Tombstoned],
        [WhitelistStatus.Suspended] = [WhitelistStatus.CoolingOff, WhitelistStatus.Tombstoned],
    };

    /// <summary>True for the ends, from which nothing follows.</summary>
    public static bool IsEnd(this WhitelistStatus status) => status is WhitelistStatus.Tombstoned or WhitelistStatus.Rejected or WhitelistStatus.Expired;

    /// <summary>True while the orchestration has something to do.</summary>
    public static bool IsOpen(this WhitelistStatus status) =>
        status is WhitelistStatus.Proposed or WhitelistStatus.Screening or WhitelistStatus.AwaitingApproval or WhitelistStatus.CoolingOff;

    /// <summary>True before the entry is activated.</summary>
    public static bool IsProposal(this WhitelistStatus status) =>
        status is WhitelistStatus.Proposed or WhitelistStatus.Screening or WhitelistStatus.AwaitingApproval;

    /// <summary>True when <paramref name="next"/> may follow; staying where one is always may, except in no status at all.</summary>
    public static bool CanBecome(this WhitelistStatus status, WhitelistStatus next) =>
        (status == next && status != WhitelistStatus.Unknown) || (Successors.TryGetValue(status, out var successors) && successors.Contains(next));
}
