using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Approvals;

/// <summary>Quorums by groups: one person fills one place, whichever lets all places be filled.</summary>
public sealed class GroupQuorumTests
{
    // Eve and fay are in two roles each, with a device for either.
    private static readonly CustodyWorld World = CustodyWorld.Default with
    {
        Governance = SampleGovernance.Document with
        {
            Approvers =
            [
                .. SampleGovernance.Document.Approvers,
                People.Approver("eve", "hk", person: "eve", role: "treasury"), People.Approver("eve-risk", "hk", person: "eve", role: "risk"),
                People.Approver("fay", "sg", person: "fay", role: "treasury"), People.Approver("fay-risk", "sg", person: "fay", role: "risk"),
                People.Approver("rob", "hk", role: "risk"), People.Approver("clerk", "ldn", role: "clerk"),
            ],
        },
    };

    private static readonly Governed Governed = World.Governed;
    private static readonly Core.Intents.WithdrawalIntent Intent = World.Intent;
    private static readonly Quorum Rule = new(Min: 3, MinSites: 1, Roles: null, [new ApprovalGroup("treasury", 2, 2), new ApprovalGroup("risk", 1, 1)]);
    private static readonly string[] Ids = [.. World.Governance.Approvers.Select(a => a.Id)];

    private static readonly Dictionary<(string Id, bool Approves), string> Votes = Ids.SelectMany(id => new[] { (id, true), (id, false) }).ToDictionary(
        v => v, v => CustodyWorld.Vote(World.Statement(v.id, v.Item2 ? ApprovalDecision.Approve : ApprovalDecision.Reject) with { IntentDigest = Intent.Digest() }));

    [Theory]
    [InlineData("ann bob rob", true)]
    [InlineData("ann bob", false)]
    [InlineData("ann bob cat", false)]
    [InlineData("ann eve rob", false)] // both treasurers are in Hong Kong
    [InlineData("ann bob clerk", false)]
    [InlineData("ann eve-risk fay", true)]
    [InlineData("ann eve eve-risk", false)] // eve fills one place, whatever she votes as
    [InlineData("eve eve-risk fay fay-risk ann", true)] // one of eve and fay must be the risk officer, and only fay makes the second site as a treasurer
    [InlineData("eve eve-risk fay fay-risk", false)] // two people
    [InlineData("eve fay ann", false)]
    public void Count_Groups_AreFilledByDifferentPeople(string approving, bool approved) => Assert.Equal(
        approved ? ApprovalOutcome.Approved : ApprovalOutcome.Waiting, Count(approving.Split(' ')));

    [Fact]
    public void Count_AutomaticSaidSo_NeedsNoVoteButARejectionStillEnds()
    {
        var automatic = new Quorum(0, 0, null, Automatic: true);

        Assert.Equal(ApprovalOutcome.Approved, QuorumRule.Count([], Intent, automatic, Governed, StopView.Empty, World.Now).Outcome);
        Assert.Equal(ApprovalOutcome.Rejected, QuorumRule.Count([Votes[("ann", false)]], Intent, automatic, Governed, StopView.Empty, World.Now).Outcome);
        Assert.Equal(ApprovalOutcome.Waiting, QuorumRule.Count([], Intent, automatic with { Min = 1 }, Governed, StopView.Empty, World.Now).Outcome);
        Assert.Equal(ApprovalOutcome.Waiting, QuorumRule.Count([], Intent, automatic with { Automatic = null }, Governed, StopView.Empty, World.Now).Outcome);
        Assert.Equal(ApprovalOutcome.Waiting, QuorumRule.Count([], Intent, automatic with { Roles = ["treasury"] }, Governed, StopView.Empty, World.Now).Outcome);
    }

    [Property(MaxTest = 150)]
    public Property Count_AnyVotesAndGroups_AreApprovedExactlyWhenAnAssignmentExists() => Prop.ForAll(AnyVotes, AnyGroups, (votes, groups) =>
    {
        var quorum = new Quorum(groups.Sum(g => g.Min), 1, null, groups);
        var outcome = QuorumRule.Count(votes.Select(v => Votes[v]), Intent, quorum, Governed, StopView.Empty, World.Now).Outcome;
        var approving = votes.Where(v => v.Approves).Select(v => World.Governance.Approvers.Single(a => a.Id == v.Id)).ToList();
        return outcome == (votes.Any(v => !v.Approves) ? ApprovalOutcome.Rejected : Exists(groups, approving) ? ApprovalOutcome.Approved : ApprovalOutcome.Waiting);
    });

    [Property(MaxTest = 60)]
    public Property Count_OneMoreRejection_NeverHelps() => Prop.ForAll(AnyVotes, AnyGroups, (votes, groups) =>
        Ids.All(id => QuorumRule.Count([.. votes.Select(v => Votes[v]), Votes[(id, false)]], Intent, new Quorum(1, 1, null, groups), Governed, StopView.Empty, World.Now).Outcome == ApprovalOutcome.Rejected));

    [Property(MaxTest = 60)]
    public Property Count_OneMoreApproval_NeverTakesAnApprovalBack() => Prop.ForAll(AnyVotes, AnyGroups, (votes, groups) =>
    {
        var quorum = new Quorum(groups.Sum(g => g.Min), 1, null, groups);
        var compacts = votes.Select(v => Votes[v]).ToList();
        return QuorumRule.Count(compacts, Intent, quorum, Governed, StopView.Empty, World.Now).Outcome != ApprovalOutcome.Approved
            || Ids.All(id => QuorumRule.Count([.. compacts, Votes[(id, true)]], Intent, quorum, Governed, StopView.Empty, World.Now).Outcome == ApprovalOutcome.Approved);
    });

    private static Arbitrary<(string Id, bool Approves)[]> AnyVotes => Gen.Elements(Ids)
        .SelectMany(id => Gen.Frequency((19, Gen.Constant(true)), (1, Gen.Constant(false))).Select(approves => (id, approves))).ArrayOf().ToArbitrary();

    private static Arbitrary<ApprovalGroup[]> AnyGroups => Gen.SubListOf("treasury", "risk", "clerk")
        .Where(roles => roles.Count > 0)
        .SelectMany(roles => Gen.Choose(1, 3).Two().ArrayOf(roles.Count).Select(sizes => roles
            .Select((role, i) => new ApprovalGroup(role, Math.Max(sizes[i].Item1, sizes[i].Item2), Math.Min(sizes[i].Item1, sizes[i].Item2))).ToArray()))
        .ToArbitrary();

    // By trying every assignment of people to groups.
    private static bool Exists(ApprovalGroup[] groups, IReadOnlyList<Approver> approving)
    {
        var people = approving.GroupBy(a => a.Person).ToList();
        return Try(0, [.. groups.Select(_ => new List<string>())]);

        bool Try(int next, List<string>[] sites)
        {
            if (next == people.Count)
            {
                return groups.Select((g, i) => sites[i].Count >= g.Min && sites[i].Distinct().Count() >= g.MinSites).All(filled => filled);
            }

            for (var g = 0; g < groups.Length; g++)
            {
                if (people[next].Any(a => a.Role == groups[g].Role))
                {
                    sites[g].Add(people[next].First().Site);
                    if (Try(next + 1, sites))
                    {
                        return true;
                    }

                    sites[g].RemoveAt(sites[g].Count - 1);
                }
            }

            return Try(next + 1, sites);
        }
    }

    private static ApprovalOutcome Count(IEnumerable<string> ids) => QuorumRule.Count(ids.Select(id => Votes[(id, true)]), Intent, Rule, Governed, StopView.Empty, World.Now).Outcome;
}
