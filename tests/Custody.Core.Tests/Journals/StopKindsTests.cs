using Custody.Core.Journals;
using Xunit;

namespace Custody.Core.Tests.Journals;

public sealed class StopKindsTests
{
    // Whoever adds a kind decides here whether a role's word is enough for it.
    [Fact]
    public void OnlyTightens_EveryKind_IsDecided()
    {
        StopKind[] tighten =
        [
            StopKind.WithdrawalEnded, StopKind.AttemptBurnt, StopKind.Frozen, StopKind.EntryTombstoned, StopKind.GovernanceVetoed, StopKind.EntrySuspended,
            StopKind.EntryRejected, StopKind.ScreenedHit, StopKind.DeviceSuspended, StopKind.VoteWithdrawn, StopKind.AmendmentEnded,
        ];
        StopKind[] loosen =
        [
            StopKind.Unknown, StopKind.Genesis, StopKind.Thawed, StopKind.EntryActivated, StopKind.GovernanceInForce, StopKind.QuorumReached, StopKind.GovernanceProposed,
            StopKind.EntryReinstated, StopKind.SanctionsListInForce, StopKind.ScreenedClear, StopKind.DeviceReinstated, StopKind.DrillIssued, StopKind.DrillAnswered, StopKind.Restored,
            StopKind.PaymentMatched,
        ];

        Assert.Equal(Enum.GetValues<StopKind>().Order(), tighten.Concat(loosen).Order());
        Assert.All(tighten, k => Assert.True(StopKinds.OnlyTightens(k)));
        Assert.All(loosen, k => Assert.False(StopKinds.OnlyTightens(k)));
        Assert.False(StopKinds.OnlyTightens((StopKind)12345));
    }
}
