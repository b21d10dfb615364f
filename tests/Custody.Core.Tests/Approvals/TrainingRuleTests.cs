using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Approvals;

public sealed class TrainingRuleTests
{
    private static readonly DateTimeOffset Now = CustodyWorld.Start;
    private static readonly Approver Ann = SampleGovernance.Document.Approvers[0];

    [Fact]
    public void Check_TrainingOnRecord_IsAllowed() => Assert.True(TrainingRule.Check(Ann, "ann-phone", Now).IsAllowed);

    [Fact]
    public void Check_AbsentOrPastTraining_IsRefused()
    {
        Assert.Equal(RefusalCode.TrainingExpired, TrainingRule.Check(Ann with { Training = null }, "ann-phone", Now).Code);
        Assert.Equal(RefusalCode.TrainingExpired, TrainingRule.Check(Ann with { Training = new ExpiringReference("t", Now) }, "ann-phone", Now).Code);
    }

    [Fact]
    public void Check_EvidenceOfTheVeryDevicePast_IsRefused()
    {
        var two = Ann with { Devices = [Ann.Devices[0] with { Evidence = new ExpiringReference("e", Now) }, Ann.Devices[0] with { Id = "other" }] };

        Assert.Equal(RefusalCode.DeviceEvidenceExpired, TrainingRule.Check(two, "ann-phone", Now).Code);
        Assert.True(TrainingRule.Check(two, "other", Now).IsAllowed);
        Assert.True(TrainingRule.Check(two, "ann-phone", Now.AddSeconds(-1)).IsAllowed);
    }

    [Fact]
    public void Check_AbsentEvidence_IsRefused()
    {
        Assert.Equal(RefusalCode.DeviceEvidenceExpired, TrainingRule.Check(Ann with { Devices = [Ann.Devices[0] with { Evidence = null }] }, "ann-phone", Now).Code);
        Assert.Equal(RefusalCode.DeviceUnknown, TrainingRule.Check(Ann, "another", Now).Code);
    }

    // Its attestation is in governance, and verified with it.
    [Fact]
    public void Check_AWebAuthnCredential_NeedsNoOtherEvidenceAndMayHaveAnEnd()
    {
        var device = WebAuthn.WebAuthnWorld.Device("ann");

        Assert.True(TrainingRule.Check(Ann with { Devices = [device] }, "ann-key", Now).IsAllowed);
        Assert.Equal(
            RefusalCode.DeviceEvidenceExpired, TrainingRule.Check(Ann with { Devices = [device with { Evidence = new ExpiringReference("e", Now) }] }, "ann-key", Now).Code);
    }

    [Fact]
    public void Verify_AVoteOfAnApproverWhoseTrainingRanOut_DoesNotCount()
    {
        var world = CustodyWorld.Default with
        {
            Governance = SampleGovernance.Document with { Approvers = [Ann with { Training = new ExpiringReference("t", Now) }, .. SampleGovernance.Document.Approvers.Skip(1)] },
        };

        Assert.Equal(RefusalCode.TrainingExpired, VoteRule.Verify(world.Vote("ann"), world.Intent, world.Governed, StopView.Empty, Now).Verdict.Code);
        Assert.Equal(ApprovalOutcome.Waiting, QuorumRule.Count(world.Votes, world.Intent, world.Governance.Rules[0].Approvals, world.Governed, StopView.Empty, Now).Outcome);
    }
}
