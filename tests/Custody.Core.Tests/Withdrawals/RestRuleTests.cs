using Custody.Core.Journals;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Withdrawals;

/// <summary>When a waiting withdrawal may be left alone, and what ends that.</summary>
public sealed class RestRuleTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly DateTimeOffset Made = World.Intent.CreatedAt;
    private static readonly DateTimeOffset Deadline = Made.AddHours(4);
    private static readonly OpenWithdrawal Resting = new(World.WithdrawalId, Made, "1", Made.AddHours(3), "digest");

    private static WithdrawalState Waiting => new(
        World.WithdrawalId, "exchange-a", "customer-1", "r", new string('a', 64), World.Intent.Asset, 1, "entry-1", WithdrawalStatus.AwaitingApproval, Made, Made, null)
    {
        ApprovalDeadline = Deadline,
    };

    [Fact]
    public void Until_BeforeTheLastQuarter_IsItsBeginning() => Assert.Equal(Made.AddHours(3), RestRule.Until(Waiting, World.Intent, Made));

    [Fact]
    public void Until_InTheLastQuarter_IsTheDeadline() => Assert.Equal(Deadline, RestRule.Until(Waiting, World.Intent, Made.AddHours(3)));

    [Fact]
    public void Until_AtTheDeadline_IsNever() => Assert.Null(RestRule.Until(Waiting, World.Intent, Deadline));

    [Fact]
    public void Until_WithoutIntentOrDeadline_IsNever()
    {
        Assert.Null(RestRule.Until(Waiting, null, Made));
        Assert.Null(RestRule.Until(Waiting with { ApprovalDeadline = null }, World.Intent, Made));
    }

    [Fact]
    public void Until_AnyOtherStatus_IsNever() => Assert.All(
        Enum.GetValues<WithdrawalStatus>().Where(s => s != WithdrawalStatus.AwaitingApproval),
        status => Assert.Null(RestRule.Until(Waiting with { Status = status }, World.Intent, Made)));

    [Fact]
    public void MayBegin_SomethingStoredLately_MayNot()
    {
        Assert.False(RestRule.MayBegin(Resting, Made + RestRule.Settling));
        Assert.True(RestRule.MayBegin(Resting, Made + RestRule.Settling + TimeSpan.FromTicks(1)));

        // A clock that went back: what is to come has not settled.
        Assert.False(RestRule.MayBegin(Resting, Made.AddDays(-1)));
    }

    [Fact]
    public void Holds_UntilItsTime_Does()
    {
        Assert.True(RestRule.Holds(Resting, "digest", StopView.Empty, Made.AddHours(3).AddTicks(-1)));
        Assert.False(RestRule.Holds(Resting, "digest", StopView.Empty, Made.AddHours(3)));
    }

    [Fact]
    public void Holds_NeverBegun_DoesNot() => Assert.False(RestRule.Holds(Resting with { RestsUntil = null }, "digest", StopView.Empty, Made));

    [Fact]
    public void Holds_UnderOtherGovernance_DoesNot()
    {
        Assert.False(RestRule.Holds(Resting, "another", StopView.Empty, Made));
        Assert.False(RestRule.Holds(Resting with { RestsUnder = null }, "digest", StopView.Empty, Made));
    }

    [Fact]
    public void Holds_EndedInTheStopJournal_DoesNot()
    {
        var stops = StopView.Empty.With(new StopEntry(1, 1, "", Made, StopKind.WithdrawalEnded, World.WithdrawalId, null, null, "", []));
        Assert.False(RestRule.Holds(Resting, "digest", stops, Made));
        Assert.True(RestRule.Holds(Resting with { Id = "another" }, "digest", stops, Made));
    }

    // Who took the vote back was told that it ends, and whoever was to end it died.
    [Fact]
    public void Holds_QuorumBroken_DoesNot()
    {
        var before = StopView.Empty.With(new StopEntry(1, 1, "", Made, StopKind.VoteWithdrawn, VoteSubject.Of(World.WithdrawalId, "ann"), 1, null, "", []));
        var reached = before.With(new StopEntry(1, 2, "", Made, StopKind.QuorumReached, World.WithdrawalId, 1, World.Intent.Digest(), "", []));
        var broken = reached.With(new StopEntry(1, 3, "", Made, StopKind.VoteWithdrawn, VoteSubject.Of(World.WithdrawalId, "bob"), 1, null, "", []));

        Assert.True(RestRule.Holds(Resting, "digest", reached, Made));
        Assert.False(RestRule.Holds(Resting, "digest", broken, Made));
        Assert.True(RestRule.Holds(Resting with { Id = "another" }, "digest", broken, Made));
    }
}
