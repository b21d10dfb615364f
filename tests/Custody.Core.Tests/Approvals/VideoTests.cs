using Custody.Core.Approvals;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Approvals;

public sealed class VideoTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly PolicyRule Rule = World.Governance.Rules[0] with { VideoConfirmation = true };
    private static readonly VideoStatement Usual = new(1, World.WithdrawalId, World.Intent.Digest(), 1, "recording 7", "olga", World.Now.AddMinutes(-1), World.Now.AddHours(1));

    [Fact]
    public void Verify_AnOperatorsRecordOfThisIntent_AndNothingElse()
    {
        Assert.Equal(Usual, VideoRule.Verify(Sign(Usual), World.Intent, World.Governed, World.Now).Statement);
        Assert.Equal(RefusalCode.IntentMismatch, Code(Usual with { WithdrawalId = "w" + new string('0', 32) }));
        Assert.Equal(RefusalCode.IntentMismatch, Code(Usual with { IntentDigest = new string('0', 64) }));
        Assert.Equal(RefusalCode.AttemptMismatch, Code(Usual with { Attempt = 2 }));
        Assert.Equal(RefusalCode.FieldInvalid, Code(Usual with { Reference = " " }));
        Assert.Equal(RefusalCode.FieldInvalid, Code(Usual with { Reference = new string('a', 201) }));
        Assert.Equal(RefusalCode.StatementExpired, Code(Usual with { ExpiresAt = World.Now }));
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Code(Usual with { OperatorId = "omar" }));
        Assert.Equal(
            RefusalCode.SignatureKeyUnknown,
            VideoRule.Verify(People.Ann.Sign(DocumentType.VideoConfirmation, Usual, World.Now), World.Intent, World.Governed, World.Now).Verdict.Code);

        static RefusalCode Code(VideoStatement statement) => VideoRule.Verify(Sign(statement), World.Intent, World.Governed, World.Now).Verdict.Code;
    }

    [Fact]
    public void Check_WhereTheRuleAsks_SomebodyBesideTheApproversMustHaveRecordedIt()
    {
        Assert.True(Check(Rule, World, Sign(Usual)).IsAllowed);
        Assert.True(Check(Rule with { VideoConfirmation = null }, World).IsAllowed);
        Assert.Equal(RefusalCode.VideoMissing, Check(Rule, World).Code);
        Assert.Equal(RefusalCode.VideoMissing, Check(Rule, World, Sign(Usual with { Attempt = 2 })).Code);

        // The operator is one of the two who approved.
        var both = World with { Governance = World.Governance with { Operators = [World.Governance.Operators[0] with { Person = "ann" }, World.Governance.Operators[1]] } };
        var own = Usual with { IntentDigest = both.Intent.Digest() };
        Assert.Equal(RefusalCode.VideoMissing, Check(Rule, both, Sign(own)).Code);
    }

    private static Verdict Check(PolicyRule rule, CustodyWorld world, params string[] records) =>
        VideoRule.Check(records, world.Votes, world.Intent, rule, world.Governed, StopView.Empty, world.Now);

    private static string Sign(VideoStatement statement) => People.Olga.Sign(DocumentType.VideoConfirmation, statement, World.Now);
}
