using Custody.Core.Approvals;
using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Approvals.WebAuthn;

public sealed class WebAuthnQuorumTests
{
    private static readonly Quorum Allowing = new(2, 2, null, WebAuthn: true);
    private static readonly Quorum Silent = new(2, 2, null);
    private static readonly Dictionary<string, string> Votes = new(StringComparer.Ordinal)
    {
        ["ann"] = WebAuthnWorld.World.Vote("ann"),
        ["bob"] = WebAuthnWorld.World.Vote("bob"),
        ["cat"] = WebAuthnWorld.World.Vote("cat"),
        ["ann by key"] = WebAuthnWorld.Vote("ann"),
        ["bob by key"] = WebAuthnWorld.Vote("bob"),
        ["cat by key"] = WebAuthnWorld.Vote("cat"),
        ["bob rejects by key"] = WebAuthnWorld.Vote("bob", decision: ApprovalDecision.Reject),
    };

    [Fact]
    public void Count_OneOfEachKind_IsAQuorumWhereTheRuleSaysSo()
    {
        Assert.Equal((ApprovalOutcome.Approved, 2), Outcome(Count(Allowing, "ann", "bob by key")));
        Assert.Equal((ApprovalOutcome.Waiting, 1), Outcome(Count(Silent, "ann", "bob by key")));
        Assert.Equal((ApprovalOutcome.Waiting, 1), Outcome(Count(Silent with { WebAuthn = false }, "ann", "bob by key")));
    }

    [Fact]
    public void Count_WithoutADeviceThatVerifiedTheBundle_Waits()
    {
        var tally = Count(Allowing, "ann by key", "bob by key", "cat by key");

        Assert.Equal((ApprovalOutcome.Waiting, 3, true), (tally.Outcome, tally.Approvals, tally.OnlyWebAuthn));
        Assert.Equal(ApprovalOutcome.Waiting, Count(new Quorum(1, 1, null, WebAuthn: true), "ann by key").Outcome);
    }

    // The device that verified the bundle is one of those who count, not of anybody.
    [Fact]
    public void Count_TheVerifyingDeviceOfAnotherRole_DoesNotVouch()
    {
        var world = WebAuthnWorld.World with
        {
            Governance = WebAuthnWorld.World.Governance with { Approvers = [.. WebAuthnWorld.World.Governance.Approvers.Select(a => a.Id == "cat" ? a with { Role = "clerk" } : a)] },
        };
        var quorum = Allowing with { Roles = ["treasury"] };
        string[] votes = [Sign("ann"), Sign("bob"), world.Vote("cat")];

        Assert.Equal(ApprovalOutcome.Waiting, QuorumRule.Count(votes, world.Intent, quorum, world.Governed, StopView.Empty, world.Now).Outcome);

        string Sign(string who) => WebAuthnWorld.Authenticator(who).Vote(
            Core.Encoding.CanonicalJson.Serialize(world.Statement(who) with { DeviceId = $"{who}-key" }));
    }

    [Fact]
    public void Count_ARejectionByWebAuthn_EndsItWhereTheRuleAcceptsIt()
    {
        Assert.Equal((ApprovalOutcome.Rejected, "bob"), Count(Allowing, "ann", "cat", "bob rejects by key") is var tally ? (tally.Outcome, tally.RejectedBy) : default);
        Assert.Equal(ApprovalOutcome.Approved, Count(Silent, "ann", "cat", "bob rejects by key").Outcome);
    }

    [Fact]
    public void Count_OnePersonWithBothDevices_CountsOnce() => Assert.Equal((ApprovalOutcome.Waiting, 1), Outcome(Count(Allowing, "ann", "ann by key")));

    [Property(MaxTest = 80)]
    public Property Count_AnyVotes_PassOnlyWithEnoughPeopleAndOneThatVerified() => Prop.ForAll(
        Gen.Elements(Votes.Keys.Where(v => !v.Contains("rejects", StringComparison.Ordinal)).ToArray()).ArrayOf().ToArbitrary(),
        votes =>
        {
            var people = votes.Select(v => v.Split(' ')[0]).Distinct().Count();
            var verified = votes.Any(v => !v.Contains(' ', StringComparison.Ordinal));
            var plain = votes.Where(v => !v.Contains(' ', StringComparison.Ordinal)).Distinct().Count();
            return (Count(Allowing, votes).Outcome == ApprovalOutcome.Approved) == (people >= 2 && verified)
                && (Count(Silent, votes).Outcome == ApprovalOutcome.Approved) == (plain >= 2);
        });

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(7, 8, true)]
    [InlineData(7, 7, false)]
    [InlineData(7, 6, false)]
    [InlineData(7, 0, false)]
    [InlineData(uint.MaxValue, uint.MaxValue, false)]
    [InlineData(uint.MaxValue, 0, false)]
    public void Check_Counter_GrowsOrNeverCounts(uint last, uint now, bool allowed)
    {
        var verdict = CounterRule.Check(last, now);

        Assert.Equal(allowed, verdict.IsAllowed);
        Assert.Equal(allowed ? RefusalCode.Unspecified : RefusalCode.WebAuthnCounterBack, verdict.Code);
    }

    private static ApprovalTally Count(Quorum quorum, params string[] votes) =>
        QuorumRule.Count(votes.Select(v => Votes[v]), WebAuthnWorld.World.Intent, quorum, WebAuthnWorld.Governed, StopView.Empty, WebAuthnWorld.World.Now);

    private static (ApprovalOutcome, int) Outcome(ApprovalTally tally) => (tally.Outcome, tally.Approvals);
}
