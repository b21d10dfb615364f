namespace Custody.Core.Journals;

/// <summary>What a line of the stop journal does to money.</summary>
public static class StopKinds
{
    /// <summary>
    /// True when such a line only ever keeps something from being paid. Everything else may let something be paid, or be paid
    /// earlier, and a kind that is not known here is taken to.
    /// </summary>
    public static bool OnlyTightens(StopKind kind) => kind is StopKind.WithdrawalEnded or StopKind.AttemptBurnt or StopKind.Frozen
        or StopKind.EntryTombstoned or StopKind.EntrySuspended or StopKind.EntryRejected or StopKind.GovernanceVetoed or StopKind.ScreenedHit
        or StopKind.DeviceSuspended or StopKind.VoteWithdrawn or StopKind.AmendmentEnded;
}
