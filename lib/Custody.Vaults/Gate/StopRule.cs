using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>Rule: nothing in the stop journal stops this withdrawal, attempt, vault or client.</summary>
public static class StopRule
{
    /// <summary>Checks the journal read to its head.</summary>
    public static Verdict Check(StopView stops, string withdrawalId, int attempt, string vaultId, string clientId) =>
        stops.EndOf(withdrawalId) is { } end ? Verdict.Refused(RefusalCode.Stopped, $"The withdrawal was ended: {end.Reason}")
        : stops.IsBurnt(withdrawalId, attempt) ? Verdict.Refused(RefusalCode.Stopped, $"Attempt {attempt} no longer counts.")
        : stops.QuorumBrokenBy(withdrawalId, attempt) is { } broken ? Verdict.Refused(RefusalCode.VoteWithdrawn, $"A vote was taken back after the quorum: {broken.Reason}")
        : stops.FreezeOn(vaultId, clientId) is { } freeze ? Verdict.Refused(RefusalCode.Frozen, $"{freeze.Subject} is frozen: {freeze.Reason}")
        : Verdict.Allowed;

    /// <summary>The same for a cancel, which a freeze does not stop: it moves nothing to anybody.</summary>
    public static Verdict CheckCancel(StopView stops, string withdrawalId, int attempt) =>
        stops.EndOf(withdrawalId) is { } end ? Verdict.Refused(RefusalCode.Stopped, $"The withdrawal was ended: {end.Reason}")
        : stops.IsBurnt(withdrawalId, attempt) ? Verdict.Refused(RefusalCode.Stopped, $"Attempt {attempt} no longer counts.")
        : Verdict.Allowed;
}
