using Custody.Core.Approvals;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Approvals;

public sealed class ApprovalWithdrawalTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly ApprovalWithdrawal Usual = new(
        1, World.WithdrawalId, World.Intent.Digest(), 1, "ann", "ann-phone", "the wrong customer", World.Now.AddMinutes(-1), World.Now.AddHours(1));

    private static readonly Dictionary<string, (RefusalCode Code, Func<string> Statement)> Refusals = new(StringComparer.Ordinal)
    {
        ["another withdrawal"] = (RefusalCode.IntentMismatch, () => Sign(Usual with { WithdrawalId = "w" + new string('0', 32) })),
        ["another intent"] = (RefusalCode.IntentMismatch, () => Sign(Usual with { IntentDigest = new string('0', 64) })),
        ["another attempt"] = (RefusalCode.AttemptMismatch, () => Sign(Usual with { Attempt = 2 })),
        ["another version"] = (RefusalCode.BodyMalformed, () => Sign(Usual with { Version = 2 })),
        ["expired"] = (RefusalCode.StatementExpired, () => Sign(Usual with { ExpiresAt = World.Now })),
        ["from the future"] = (RefusalCode.StatementExpired, () => Sign(Usual with { SignedAt = World.Now.AddMinutes(2) })),
        ["another approver's device"] = (RefusalCode.DeviceUnknown, () => People.Bob.Sign(DocumentType.ApprovalWithdrawal, Usual, World.Now)),
        ["a stranger's key"] = (RefusalCode.DeviceUnknown, () => People.Stranger.Sign(DocumentType.ApprovalWithdrawal, Usual, World.Now)),
        ["a vote"] = (RefusalCode.SignatureMalformed, () => World.Vote("ann")),
        ["no statement"] = (RefusalCode.BodyMalformed, () => People.Ann.SignBytes(DocumentType.ApprovalWithdrawal, "{}"u8.ToArray(), World.Now)),
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    [Fact]
    public void Verify_TheApproversOwn_Counts() =>
        Assert.Equal(Usual, ApprovalWithdrawalRule.Verify(Sign(Usual), World.Intent, World.Governed, StopView.Empty, World.Now).Statement);

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public void Verify_AnythingElse_IsRefusedWithItsCode(string what)
    {
        var (verdict, statement) = ApprovalWithdrawalRule.Verify(Refusals[what].Statement(), World.Intent, World.Governed, StopView.Empty, World.Now);

        Assert.Equal((false, Refusals[what].Code), (verdict.IsAllowed, verdict.Code));
        Assert.Null(statement);
    }

    [Fact]
    public void Verify_ASuspendedDevice_IsRefused() => Assert.Equal(
        RefusalCode.DeviceSuspended,
        ApprovalWithdrawalRule.Verify(
            Sign(Usual), World.Intent, World.Governed,
            StopLines.Fold([new StopFact(StopKind.DeviceSuspended, DeviceSubject.Of("ann", "ann-phone"), "contradiction", 1, "1")]), World.Now).Verdict.Code);

    [Fact]
    public void Count_AVoteTakenBack_IsAsIfItWereNotThere_AndComesNotBack()
    {
        var view = StopLines.Fold([TakenBack("ann")]);

        Assert.Equal(ApprovalOutcome.Waiting, QuorumRule.Count(World.Votes, World.Intent, new Quorum(2, 2, null), World.Governed, view, World.Now).Outcome);
        Assert.Equal(RefusalCode.VoteWithdrawn, VoteRule.Verify(World.Vote("ann"), World.Intent, World.Governed, view, World.Now).Verdict.Code);
        Assert.True(VoteRule.Verify(World.Vote("bob"), World.Intent, World.Governed, view, World.Now).Verdict.IsAllowed);
        Assert.True(VoteRule.Verify(World.Vote("ann"), World.Intent, World.Governed, StopLines.Fold([TakenBack("ann") with { Attempt = 2 }]), World.Now).Verdict.IsAllowed);
    }

    [Fact]
    public void QuorumBrokenBy_OnlyAfterTheQuorum_AndForEver()
    {
        Assert.Null(StopLines.Fold([TakenBack("ann"), World.QuorumReached]).QuorumBrokenBy(World.WithdrawalId, 1));
        Assert.NotNull(StopLines.Fold([World.QuorumReached, TakenBack("ann")]).QuorumBrokenBy(World.WithdrawalId, 1));
        Assert.NotNull(StopLines.Fold([World.QuorumReached, TakenBack("ann"), World.QuorumReached]).QuorumBrokenBy(World.WithdrawalId, 1));
        Assert.Null(StopLines.Fold([World.QuorumReached, TakenBack("ann") with { Attempt = 2 }]).QuorumBrokenBy(World.WithdrawalId, 1));
    }

    private static StopFact TakenBack(string who) => new(StopKind.VoteWithdrawn, VoteSubject.Of(World.WithdrawalId, who), "changed my mind", 1, World.Intent.Digest());

    private static string Sign(ApprovalWithdrawal statement) => People.Ann.Sign(DocumentType.ApprovalWithdrawal, statement, World.Now);
}
