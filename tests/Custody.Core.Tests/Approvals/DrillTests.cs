using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Approvals;

public sealed class DrillTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly DrillStatement Usual = new(1, World.WithdrawalId, DrillMismatch.Amount, "olga", World.Now.AddMinutes(-1), World.Now.AddHours(1));
    private static readonly StopEntry Line = StopLines.Of([new StopFact(StopKind.DrillIssued, Usual.DrillId(), "drill", 1, "", [Sign(Usual)])])[^1];

    [Theory]
    [InlineData(DrillMismatch.Amount)]
    [InlineData(DrillMismatch.Destination)]
    public void Plant_AnIntentThatDoesNotMatch_AndNeverIsTheWithdrawals(DrillMismatch mismatch)
    {
        var drill = Usual with { Mismatch = mismatch };
        var planted = DrillRule.Plant(World.Intent, drill);

        Assert.True(WithdrawalId.IsValid(planted.WithdrawalId));
        Assert.NotEqual(World.WithdrawalId, planted.WithdrawalId);
        Assert.NotEqual((World.Intent.Amount, World.Intent.Destination), (planted.Amount, planted.Destination));
        Assert.Equal(World.Intent.Destination.Length, planted.Destination.Length);
        Assert.Equal(World.Intent.Destination[^6..], planted.Destination[^6..]);

        // A vote on a drill never counts for what it looks like.
        var vote = CustodyWorld.Vote(World.Statement("ann") with { WithdrawalId = planted.WithdrawalId, IntentDigest = planted.Digest() });
        Assert.Equal(RefusalCode.IntentMismatch, VoteRule.Verify(vote, World.Intent, World.Governed, StopView.Empty, World.Now).Verdict.Code);
        Assert.Null(ContradictionRule.Find(vote, [World.Intent], World.Governed, World.Now));
    }

    [Fact]
    public void DrillId_TheSameStatement_IsTheSameDrill()
    {
        Assert.Equal(Usual.DrillId(), (Usual with { }).DrillId());
        Assert.NotEqual(Usual.DrillId(), (Usual with { Mismatch = DrillMismatch.Destination }).DrillId());
        Assert.NotEqual(Usual.DrillId(), (Usual with { SignedAt = World.Now }).DrillId());
        Assert.Equal(Usual, DrillRule.StatementOf(Line));
    }

    [Fact]
    public void Verify_AnOperatorsDrill_AndNothingElse()
    {
        Assert.Equal(Usual, DrillRule.Verify(Sign(Usual), World.Governed, World.Now).Statement);
        Assert.Equal(RefusalCode.FieldInvalid, Code(Usual with { Mismatch = DrillMismatch.Unknown }));
        Assert.Equal(RefusalCode.FieldInvalid, Code(Usual with { WithdrawalId = "w1" }));
        Assert.Equal(RefusalCode.StatementExpired, Code(Usual with { ExpiresAt = World.Now }));
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Code(Usual with { OperatorId = "omar" }));
        Assert.Equal(RefusalCode.SignatureKeyUnknown, DrillRule.Verify(People.Ann.Sign(DocumentType.Drill, Usual, World.Now), World.Governed, World.Now).Verdict.Code);

        static RefusalCode Code(DrillStatement drill) => DrillRule.Verify(Sign(drill), World.Governed, World.Now).Verdict.Code;
    }

    [Fact]
    public void Read_TheApproversOwnAnswer_AndNothingElse()
    {
        var answer = World.Statement("ann") with { WithdrawalId = Usual.DrillId() };

        Assert.Equal(answer, Read(CustodyWorld.Vote(answer)).Answer);
        Assert.Equal(RefusalCode.IntentMismatch, Read(World.Vote("ann")).Verdict.Code);
        Assert.Equal(RefusalCode.DeviceUnknown, Read(People.Bob.Sign(DocumentType.Approval, answer, World.Now)).Verdict.Code);
        Assert.Equal(RefusalCode.DeviceUnknown, Read(People.Stranger.Sign(DocumentType.Approval, answer, World.Now)).Verdict.Code);
        Assert.Equal(RefusalCode.BodyMalformed, Read(CustodyWorld.Vote(answer with { Decision = ApprovalDecision.Unknown })).Verdict.Code);
        Assert.Equal(RefusalCode.BodyMalformed, Read(People.Ann.SignBytes(DocumentType.Approval, "{}"u8.ToArray(), World.Now)).Verdict.Code);
        Assert.Equal(RefusalCode.StatementExpired, Read(CustodyWorld.Vote(answer with { ExpiresAt = World.Now })).Verdict.Code);
        Assert.Equal(RefusalCode.SignatureMalformed, Read("a.b.c").Verdict.Code);

        static (Verdict Verdict, ApprovalStatement? Answer) Read(string compact) => DrillRule.Read(compact, Line, World.Governed, World.Now) is var reading ? (reading.Verdict, reading.Statement) : default;
    }

    [Fact]
    public void StopView_TheFirstAnswerStands()
    {
        var subject = VoteSubject.Of(Usual.DrillId(), "ann");
        var view = StopLines.Fold(
        [
            new StopFact(StopKind.DrillIssued, Usual.DrillId(), "drill"),
            new StopFact(StopKind.DrillAnswered, subject, "signed", Code: "failed"),
            new StopFact(StopKind.DrillAnswered, subject, "rejected", Code: "passed"),
        ]);

        Assert.Equal("failed", view.DrillAnswers[subject].Code);
        Assert.NotNull(view.DrillOf(Usual.DrillId()));
        Assert.Null(view.DrillOf(World.WithdrawalId));
    }

    private static string Sign(DrillStatement drill) => People.Olga.Sign(DocumentType.Drill, drill, World.Now);
}
