using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Approvals;

public sealed class ContradictionTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly CustodyWorld Second = World with { Attempt = 2, ParentDigest = World.Intent.Digest() };
    private static readonly Governed Governed = World.Governed;
    private static readonly IReadOnlyList<WithdrawalIntent> Attempts = [World.Intent, Second.Intent];

    private static readonly Dictionary<string, Func<string>> Harmless = new(StringComparer.Ordinal)
    {
        ["the intent itself"] = () => World.Vote("ann"),
        ["an earlier attempt, posted again"] = () => CustodyWorld.Vote(World.Statement("ann")),
        ["the right digest under another attempt"] = () => CustodyWorld.Vote(World.Statement("ann") with { Attempt = 2 }),
        ["the right digest under another governance version"] = () => CustodyWorld.Vote(World.Statement("ann") with { PolicyVersion = 7 }),
        ["another withdrawal"] = () => CustodyWorld.Vote(Lie("ann") with { WithdrawalId = "w" + new string('0', 32) }),
        ["an attempt that is not yet"] = () => CustodyWorld.Vote(Lie("ann") with { Attempt = 3 }),
        ["no attempt"] = () => CustodyWorld.Vote(Lie("ann") with { Attempt = 0 }),
        ["from before the first intent"] = () => CustodyWorld.Vote(Lie("ann") with { SignedAt = World.IntentAt.AddMinutes(-2) }),
        ["a stranger's key"] = () => People.Stranger.Sign(DocumentType.Approval, Lie("ann"), World.Now),
        ["an operator's key"] = () => People.Olga.Sign(DocumentType.Approval, Lie("ann"), World.Now),
        ["another approver's device"] = () => People.Bob.Sign(DocumentType.Approval, Lie("ann"), World.Now),
        ["a device that the statement does not name"] = () => CustodyWorld.Vote(Lie("ann") with { DeviceId = "bob-phone" }),
        ["another type"] = () => People.Ann.Sign(DocumentType.Freeze, Lie("ann"), World.Now),
        ["no decision"] = () => CustodyWorld.Vote(Lie("ann") with { Decision = ApprovalDecision.Unknown }),
        ["a rejection of what never was"] = () => CustodyWorld.Vote(Lie("ann") with { Decision = ApprovalDecision.Reject }),
        ["another version"] = () => CustodyWorld.Vote(Lie("ann") with { Version = 2 }),
        ["no statement"] = () => People.Ann.SignBytes(DocumentType.Approval, "{}"u8.ToArray(), World.Now),
        ["garbage"] = () => "a.b.c",
    };

    public static TheoryData<string> HarmlessNames => [.. Harmless.Keys];

    [Fact]
    public void Find_ADigestThatNoAttemptEverHad_IsAContradiction()
    {
        var found = ContradictionRule.Find(CustodyWorld.Vote(Lie("ann")), Attempts, Governed, World.Now);

        Assert.Equal(("ann", "ann-phone"), (found!.Approver.Id, found.DeviceId));
        Assert.Equal(64, found.Digest.Length);
    }

    [Theory]
    [MemberData(nameof(HarmlessNames))]
    public void Find_WhatAStrangerCouldPost_SuspendsNobody(string what) =>
        Assert.Null(ContradictionRule.Find(Harmless[what](), Attempts, Governed, World.Now));

    [Fact]
    public void Find_TheSameStatementSignedAgain_HasTheSameDigest()
    {
        // ECDSA signatures differ each time, and anybody can turn one into another that verifies: the statement is what counts.
        var once = ContradictionRule.Find(CustodyWorld.Vote(Lie("bob")), Attempts, Governed, World.Now)!;
        var again = ContradictionRule.Find(People.Bob.Sign(DocumentType.Approval, Lie("bob"), World.Now), Attempts, Governed, World.Now)!;

        Assert.Equal(once.Digest, again.Digest);
        Assert.True(Suspended("bob", once.Digest).HasSuspended(again.Digest));
        Assert.True(StopLines.Fold([Suspension("bob", once.Digest), Reinstatement("bob")]).HasSuspended(again.Digest));
    }

    [Fact]
    public void Find_NoIntentYet_IsNone() => Assert.Null(ContradictionRule.Find(CustodyWorld.Vote(Lie("ann")), [], Governed, World.Now));

    [Fact]
    public void Verify_ASuspendedDevice_CountsNowhereUntilItIsReinstated()
    {
        var vote = World.Vote("ann");

        Assert.Equal(RefusalCode.DeviceSuspended, VoteRule.Verify(vote, World.Intent, Governed, Suspended("ann"), World.Now).Verdict.Code);
        Assert.True(VoteRule.Verify(World.Vote("bob"), World.Intent, Governed, Suspended("ann"), World.Now).Verdict.IsAllowed);
        Assert.True(VoteRule.Verify(vote, World.Intent, Governed, StopLines.Fold([Suspension("ann"), Reinstatement("ann")]), World.Now).Verdict.IsAllowed);
    }

    [Fact]
    public void Count_ASuspendedDevicesVote_IsAsIfItWereNotThere()
    {
        var quorum = new Quorum(Min: 2, MinSites: 2, Roles: null);

        Assert.Equal(ApprovalOutcome.Approved, QuorumRule.Count(World.Votes, World.Intent, quorum, Governed, StopView.Empty, World.Now).Outcome);
        Assert.Equal(ApprovalOutcome.Waiting, QuorumRule.Count(World.Votes, World.Intent, quorum, Governed, Suspended("ann"), World.Now).Outcome);
        Assert.Equal(
            ApprovalOutcome.Waiting,
            QuorumRule.Count([World.Vote("ann", ApprovalDecision.Reject)], World.Intent, quorum, Governed, Suspended("ann"), World.Now).Outcome);
    }

    [Fact]
    public void Together_OneDevice_FreezesNothing()
    {
        Assert.Empty(SuspensionRule.Together(StopView.Empty, Governed, World.Now));
        Assert.Empty(SuspensionRule.Together(Suspended("ann"), Governed, World.Now));
        Assert.Empty(SuspensionRule.Together(StopLines.Fold([Suspension("ann"), Suspension("ann", "2")]), Governed, World.Now));
        Assert.Empty(SuspensionRule.Together(StopLines.Fold([Suspension("ann"), Suspension("bob", "2"), Reinstatement("ann")]), Governed, World.Now));
    }

    [Fact]
    public void Together_TwoDevicesOfOnePerson_CallForAFreeze()
    {
        var second = Suspension("ann", "2") with { Subject = DeviceSubject.Of("ann", "ann-tablet") };

        Assert.Equal(["ann/ann-phone", "ann/ann-tablet"], SuspensionRule.Together(StopLines.Fold([Suspension("ann"), second]), Governed, World.Now).Select(s => s.Subject));
        Assert.Empty(SuspensionRule.Together(StopLines.Fold([Suspension("ann"), second, Reinstatement("ann")]), Governed, World.Now));
    }

    [Fact]
    public void Together_TwoPeople_WithinTheWindow_CallForAFreeze()
    {
        // The lines are three days old.
        var view = StopLines.Fold([Suspension("ann"), Suspension("bob", "2")]);

        Assert.Equal(["ann/ann-phone", "bob/bob-phone"], SuspensionRule.Together(view, Governed, World.Now.AddYears(1)).Select(s => s.Subject));
        Assert.Equal(2, SuspensionRule.Together(view, Windowed(4 * 86_400), World.Now).Count);
        Assert.Empty(SuspensionRule.Together(view, Windowed(3 * 86_400), World.Now));
    }

    [Fact]
    public void Reinstatement_TwoOtherPeopleOnThatSuspension_AndNothingLess()
    {
        var view = Suspended("ann");
        var (olga, omar) = (Sign("olga"), Sign("omar"));

        Assert.True(ReinstatementRule.Together([olga, omar], view, Governed, World.Now).IsAllowed);
        Assert.Equal(RefusalCode.SecondSignatureNeeded, ReinstatementRule.Together([olga, olga], view, Governed, World.Now).Code);
        Assert.False(ReinstatementRule.Together([], view, Governed, World.Now).IsAllowed);
        Assert.False(ReinstatementRule.Together([olga, Sign("omar", s => s with { SuspensionSequence = 7 })], view, Governed, World.Now).IsAllowed);
        Assert.False(ReinstatementRule.Together([olga, Sign("omar", s => s with { DeviceId = "ann-2" })], view, Governed, World.Now).IsAllowed);
        Assert.False(ReinstatementRule.Together([olga, omar], view, Governed, World.Now.AddHours(1)).IsAllowed);
        Assert.Equal(RefusalCode.DeviceNotSuspended, ReinstatementRule.Verify(olga, StopView.Empty, Governed, World.Now).Verdict.Code);
        Assert.Equal(
            RefusalCode.DeviceNotSuspended,
            ReinstatementRule.Verify(olga, StopLines.Fold([Suspension("ann"), Reinstatement("ann"), Suspension("ann", "2")]), Governed, World.Now).Verdict.Code);
    }

    [Fact]
    public void Reinstatement_ByTheDevicesOwner_IsRefused()
    {
        var world = World with { Governance = World.Governance with { Operators = [World.Governance.Operators[0], World.Governance.Operators[1] with { Person = "ann" }] } };

        Assert.Equal(RefusalCode.CallerNotAllowed, ReinstatementRule.Verify(Sign("omar"), Suspended("ann"), world.Governed, World.Now).Verdict.Code);
        Assert.False(ReinstatementRule.Together([Sign("olga"), Sign("omar")], Suspended("ann"), world.Governed, World.Now).IsAllowed);
    }

    private static ApprovalStatement Lie(string who) => World.Statement(who) with { IntentDigest = new string('0', 64) };

    private static Governed Windowed(int seconds) => (World with { Governance = World.Governance with { ContradictionWindowSeconds = seconds } }).Governed;

    private static StopFact Suspension(string who, string digest = "1") => new(StopKind.DeviceSuspended, DeviceSubject.Of(who, $"{who}-phone"), "contradiction", 1, digest);

    private static StopFact Reinstatement(string who) => new(StopKind.DeviceReinstated, DeviceSubject.Of(who, $"{who}-phone"), "cleared");

    private static StopView Suspended(string who, string digest = "1") => StopLines.Fold([Suspension(who, digest)]);

    private static string Sign(string who, Func<ReinstatementStatement, ReinstatementStatement>? change = null) => People.OperatorKey(who).Sign(
        DocumentType.Reinstatement,
        (change ?? (s => s))(new ReinstatementStatement(1, "ann", "ann-phone", 1, who, "cleared", World.Now.AddMinutes(-1), World.Now.AddMinutes(30))),
        World.Now);
}
