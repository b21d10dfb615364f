using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Approvals;

public sealed class VoteAndQuorumTests
{
    // Nine people on three sites; eve has two ids and so two devices; the clerks' role counts in no quorum that names treasury.
    private static readonly CustodyWorld World = CustodyWorld.Default with
    {
        Governance = SampleGovernance.Document with
        {
            Approvers =
            [
                .. SampleGovernance.Document.Approvers, People.Approver("dan", "hk"), People.Approver("eve", "sg"), People.Approver("eve-2", "sg", person: "eve"),
                People.Approver("fay", "ldn"), People.Approver("clerk-1", "hk", role: "clerk"), People.Approver("clerk-2", "sg", role: "clerk"),
            ],
        },
    };

    private static readonly Governed Governed = World.Governed;
    private static readonly Core.Intents.WithdrawalIntent Intent = World.Intent;
    private static readonly Quorum Rule = new(Min: 3, MinSites: 2, Roles: ["treasury"]);

    private static readonly Dictionary<(string Id, ApprovalDecision Decision), string> Votes = World.Governance.Approvers
        .SelectMany(a => new[] { ApprovalDecision.Approve, ApprovalDecision.Reject }.Select(d => (a.Id, d)))
        .ToDictionary(v => v, v => CustodyWorld.Vote(Statement(v.Id, v.d)));

    private static readonly Dictionary<string, (RefusalCode Code, Func<string> Vote)> Refusals = new(StringComparer.Ordinal)
    {
        ["another withdrawal"] = (RefusalCode.IntentMismatch, () => CustodyWorld.Vote(Statement("ann") with { WithdrawalId = "w" + new string('0', 32) })),
        ["another intent"] = (RefusalCode.IntentMismatch, () => CustodyWorld.Vote(Statement("ann") with { IntentDigest = new string('0', 64) })),
        ["another attempt"] = (RefusalCode.AttemptMismatch, () => CustodyWorld.Vote(Statement("ann") with { Attempt = 2 })),
        ["another governance"] = (RefusalCode.GovernanceSuperseded, () => CustodyWorld.Vote(Statement("ann") with { PolicyVersion = 2 })),
        ["no decision"] = (RefusalCode.BodyMalformed, () => CustodyWorld.Vote(Statement("ann") with { Decision = ApprovalDecision.Unknown })),
        ["version 2"] = (RefusalCode.BodyMalformed, () => CustodyWorld.Vote(Statement("ann") with { Version = 2 })),
        ["expired"] = (RefusalCode.StatementExpired, () => CustodyWorld.Vote(Statement("ann") with { ExpiresAt = World.Now })),
        ["from the future"] = (RefusalCode.StatementExpired, () => People.Ann.Sign(DocumentType.Approval, Statement("ann") with { SignedAt = World.Now.AddSeconds(61) }, World.Now)),
        ["another's device"] = (RefusalCode.DeviceUnknown, () => People.Bob.Sign(DocumentType.Approval, Statement("ann"), World.Now)),
        ["a device that the statement does not name"] = (RefusalCode.DeviceUnknown, () => CustodyWorld.Vote(Statement("ann") with { DeviceId = "bob-phone" })),
        ["a stranger's device"] = (RefusalCode.DeviceUnknown, () => People.Stranger.Sign(DocumentType.Approval, Statement("ann"), World.Now)),
        ["an operator's key"] = (RefusalCode.DeviceUnknown, () => People.Olga.Sign(DocumentType.Approval, Statement("ann"), World.Now)),
        ["another type"] = (RefusalCode.SignatureMalformed, () => People.Ann.Sign(DocumentType.Freeze, Statement("ann"), World.Now)),
        ["not canonical"] = (RefusalCode.BodyMalformed, () => People.Ann.SignBytes(DocumentType.Approval, (byte[])[.. CanonicalJson.Serialize(Statement("ann")), (byte)' '], World.Now)),
        ["garbage"] = (RefusalCode.SignatureMalformed, () => "a.b.c"),
        ["signature of another vote"] = (RefusalCode.SignatureInvalid, () => Votes[("ann", ApprovalDecision.Approve)][..^10] + "AAAAAAAAAA"),
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    [Fact]
    public void Verify_AVoteOverThisIntent_Counts()
    {
        var reading = VoteRule.Verify(Votes[("ann", ApprovalDecision.Approve)], Intent, Governed, StopView.Empty, World.Now);

        Assert.True(reading.Verdict.IsAllowed, reading.Verdict.Detail);
        Assert.Equal("ann", reading.Approver!.Id);
    }

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public void Verify_AnythingElse_IsRefusedWithItsCode(string what)
    {
        var reading = VoteRule.Verify(Refusals[what].Vote(), Intent, Governed, StopView.Empty, World.Now);

        Assert.Equal((false, Refusals[what].Code), (reading.Verdict.IsAllowed, reading.Verdict.Code));
        Assert.Null(reading.Statement);
        Assert.Null(reading.Approver);
    }

    [Fact]
    public void Verify_WhoInitiated_CannotApprove()
    {
        var world = World with { Governance = World.Governance with { Clients = [World.Governance.Clients[0] with { Id = "ann" }, World.Governance.Clients[1]] } };
        var self = VoteRule.Verify(Votes[("ann", ApprovalDecision.Approve)], Intent, GovernedOf(world), StopView.Empty, World.Now);
        var other = VoteRule.Verify(Votes[("bob", ApprovalDecision.Approve)], Intent, GovernedOf(world), StopView.Empty, World.Now);

        Assert.Equal(RefusalCode.SelfApproval, self.Verdict.Code);
        Assert.True(other.Verdict.IsAllowed);
    }

    // Whichever of the client's keys the person holds: who can ask for a payment does not approve one.
    [Fact]
    public void Verify_WhoHoldsAKeyOfTheInitiatingClient_CannotApprove()
    {
        var client = World.Governance.Clients[0];
        var second = People.Stranger.Registered with { Terms = new KeyTerms(Scopes: [], Person: "ann") };
        var world = World with { Governance = World.Governance with { Clients = [client with { Keys = [.. client.Keys, second] }, World.Governance.Clients[1]] } };

        Assert.Equal(RefusalCode.SelfApproval, VoteRule.Verify(Votes[("ann", ApprovalDecision.Approve)], Intent, GovernedOf(world), StopView.Empty, World.Now).Verdict.Code);
        Assert.True(VoteRule.Verify(Votes[("bob", ApprovalDecision.Approve)], Intent, GovernedOf(world), StopView.Empty, World.Now).Verdict.IsAllowed);
    }

    [Fact]
    public void Verify_InitiatorNobodyKnows_NobodyCanApprove()
    {
        var orphan = Intent with { InitiatorKeyId = "gone" };
        var vote = CustodyWorld.Vote(Statement("ann") with { IntentDigest = orphan.Digest() });

        Assert.Equal(RefusalCode.SelfApproval, VoteRule.Verify(vote, orphan, Governed, StopView.Empty, World.Now).Verdict.Code);
    }

    [Property(MaxTest = 60)]
    public Property Count_AnyVotes_PassExactlyWithEnoughPeopleAndSitesAndNoRejection() => Prop.ForAll(AnyVotes, votes =>
    {
        var treasurers = votes.Where(v => v.Decision == ApprovalDecision.Approve).Select(v => Approver(v.Id)).Where(a => a.Role == "treasury").ToList();
        var people = treasurers.Select(a => a.Person).Distinct().Count();
        var sites = treasurers.Select(a => a.Site).Distinct().Count();
        var expected = votes.Any(v => v.Decision == ApprovalDecision.Reject) ? ApprovalOutcome.Rejected
            : people >= 3 && sites >= 2 ? ApprovalOutcome.Approved : ApprovalOutcome.Waiting;
        return Count(votes).Outcome == expected;
    });

    [Property(MaxTest = 40)]
    public Property Count_OneMoreRejection_NeverHelps() => Prop.ForAll(AnyVotes, votes =>
        World.Governance.Approvers.All(a => Count([.. votes, (a.Id, ApprovalDecision.Reject)]).Outcome == ApprovalOutcome.Rejected));

    [Property(MaxTest = 60)]
    public Property Count_VotesInAnotherOrderOrRepeated_IsTheSame() => Prop.ForAll(AnyVotes, votes =>
    {
        var tally = Count(votes);
        var reversed = Count([.. votes.Reverse()]);
        var twice = Count([.. votes, .. votes]);
        return (tally.Outcome, tally.Approvals) == (reversed.Outcome, reversed.Approvals) && (tally.Outcome, tally.Approvals) == (twice.Outcome, twice.Approvals);
    });

    [Fact]
    public void Count_OnePersonWithTwoIds_CountsOnce() => Assert.Equal(
        (ApprovalOutcome.Waiting, 2), Outcome(Count([("ann", ApprovalDecision.Approve), ("eve", ApprovalDecision.Approve), ("eve-2", ApprovalDecision.Approve)])));

    [Fact]
    public void Count_OneSite_IsNotEnough() => Assert.Equal(
        (ApprovalOutcome.Waiting, 2), Outcome(QuorumRule.Count([Votes[("ann", ApprovalDecision.Approve)], Votes[("dan", ApprovalDecision.Approve)]], Intent, Rule with { Min = 2 }, Governed, StopView.Empty, World.Now)));

    [Fact]
    public void Count_QuorumOfNobody_IsNeverReached()
    {
        Assert.Equal(ApprovalOutcome.Waiting, QuorumRule.Count([], Intent, new Quorum(0, 0, null), Governed, StopView.Empty, World.Now).Outcome);
        Assert.Equal(ApprovalOutcome.Waiting, default(ApprovalTally).Outcome);
    }

    private static Arbitrary<(string Id, ApprovalDecision Decision)[]> AnyVotes
    {
        get
        {
            var decision = Gen.Frequency((9, Gen.Constant(ApprovalDecision.Approve)), (1, Gen.Constant(ApprovalDecision.Reject)));
            var vote = Gen.Elements(World.Governance.Approvers.Select(a => a.Id).ToArray()).SelectMany(id => decision.Select(d => (id, d)));
            return vote.ArrayOf().ToArbitrary();
        }
    }

    private static (ApprovalOutcome, int) Outcome(ApprovalTally tally) => (tally.Outcome, tally.Approvals);

    private static ApprovalTally Count((string Id, ApprovalDecision Decision)[] votes) => QuorumRule.Count(votes.Select(v => Votes[v]), Intent, Rule, Governed, StopView.Empty, World.Now);

    private static Approver Approver(string id) => World.Governance.Approvers.Single(a => a.Id == id);

    private static ApprovalStatement Statement(string id, ApprovalDecision decision = ApprovalDecision.Approve) =>
        new(1, Intent.WithdrawalId, Intent.Digest(), 1, decision, id, $"{id}-phone", 1, World.Now.AddMinutes(-30), World.Now.AddHours(2));

    private static Governed GovernedOf(CustodyWorld world) => world.Governed;
}
