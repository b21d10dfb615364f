using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Xunit;
using static Custody.Core.Withdrawals.WithdrawalStatus;

namespace Custody.Core.Tests.Withdrawals;

public sealed class WithdrawalStateTests
{
    private static readonly WithdrawalStatus[] Ends = [Settled, Rejected, Expired, Cancelled, Failed];

    // The whole table again, written from the design: what may follow what besides staying.
    private static readonly Dictionary<WithdrawalStatus, WithdrawalStatus[]> Table = new()
    {
        [Received] = [Validated, Rejected, Expired, Cancelled, WithdrawalStatus.Held],
        [Validated] = [Whitelisted, Rejected, Expired, Cancelled, WithdrawalStatus.Held],
        [Whitelisted] = [AwaitingApproval, Rejected, Expired, Cancelled, WithdrawalStatus.Held],
        [AwaitingApproval] = [Approved, Rejected, Expired, Cancelled, WithdrawalStatus.Held],
        [Approved] = [Signing, Rejected, Expired, Cancelled, WithdrawalStatus.Held],
        [Signing] = [Signed, Rejected, Expired, Cancelled, WithdrawalStatus.Held],
        [Signed] = [Compared, WithdrawalStatus.Held],
        [Compared] = [Broadcast, WithdrawalStatus.Held],
        [Broadcast] = [Confirming, Settled, Failed, WithdrawalStatus.Held],
        [Confirming] = [Reorged, Settled, Failed, Cancelled, WithdrawalStatus.Held],
        [Reorged] = [Confirming, Settled, Failed, WithdrawalStatus.Held],
        [WithdrawalStatus.Held] =
        [
            Received, Validated, Whitelisted, AwaitingApproval, Approved, Signing, Signed, Compared, Broadcast, Confirming, Reorged, Settled, Failed, Rejected, Cancelled, Expired,
        ],
    };

    public static TheoryData<WithdrawalStatus, WithdrawalStatus> Pairs
    {
        get
        {
            var pairs = new TheoryData<WithdrawalStatus, WithdrawalStatus>();
            foreach (var from in Enum.GetValues<WithdrawalStatus>())
            {
                foreach (var to in Enum.GetValues<WithdrawalStatus>())
                {
                    pairs.Add(from, to);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void CanBecome_EveryPair_IsTheTables(WithdrawalStatus from, WithdrawalStatus to)
    {
        var allowed = from == to ? from != Unknown : Table.GetValueOrDefault(from, []).Contains(to);

        Assert.Equal(allowed, from.CanBecome(to));
        if (!allowed)
        {
            Assert.Throws<InvalidOperationException>(() => State(from).Become(to));
        }
    }

    [Theory]
    [InlineData(Settled)]
    [InlineData(Rejected)]
    [InlineData(Expired)]
    [InlineData(Cancelled)]
    [InlineData(Failed)]
    public void Ends_HaveNoSuccessors(WithdrawalStatus end)
    {
        Assert.True(end.IsEnd());
        Assert.DoesNotContain(Enum.GetValues<WithdrawalStatus>(), s => s != end && end.CanBecome(s));
    }

    [Fact]
    public void Become_FromASignature_NeverReachesAnUnpaidEndWithoutAHold()
    {
        WithdrawalStatus[] signed = [Signed, Compared, Broadcast, Confirming, Reorged];
        Assert.DoesNotContain(signed, s => s.CanBecome(Rejected) || s.CanBecome(Expired) || (s != Confirming && s.CanBecome(Cancelled)) || s.CanBecome(Approved) || s.CanBecome(AwaitingApproval));
    }

    [Fact]
    public void IsEnd_OnlyTheFive() => Assert.Equal(Ends.Order(), Enum.GetValues<WithdrawalStatus>().Where(s => s.IsEnd()).Order());

    [Fact]
    public void Held_KeepsWhereAndWhyAndCounts()
    {
        var held = State(Signing).Held(RefusalCode.Frozen, "vault/hot-1 is frozen");
        var again = held.Held(RefusalCode.NodeRejected, "other");

        Assert.Equal((WithdrawalStatus.Held, Signing, 1, RefusalCode.Frozen), (held.Status, held.HeldAt, held.Hold, held.Reason));
        Assert.Same(held, again);
        Assert.Equal(2, held.Become(Signing).Held(RefusalCode.Frozen, "again").Hold);
    }

    [Fact]
    public void Ended_InAnythingButAnEnd_Throws()
    {
        Assert.Equal((Rejected, RefusalCode.PolicyNoMatch), (State(Received).Ended(Rejected, RefusalCode.PolicyNoMatch, "x").Status, State(Received).Ended(Rejected, RefusalCode.PolicyNoMatch, "x").Reason));
        Assert.Throws<ArgumentOutOfRangeException>(() => State(Received).Ended(WithdrawalStatus.Held, RefusalCode.Frozen, "x"));
        Assert.Throws<InvalidOperationException>(() => State(Broadcast).Ended(Rejected, RefusalCode.RejectedByApprover, "x"));
    }

    [Fact]
    public void CaseDocuments_SortByAttemptAndNeverMix()
    {
        Assert.Equal("vote-0001-ann", CaseDocuments.Vote(1, "ann"));
        Assert.DoesNotContain(CaseDocuments.Vote(11, "ann"), new[] { CaseDocuments.Votes(1) }.Where(p => CaseDocuments.Vote(11, "ann").StartsWith(p, StringComparison.Ordinal)));
        var documents = new[] { CaseDocuments.Vote(1, "bob"), CaseDocuments.Vote(1, "ann"), CaseDocuments.Vote(2, "ann") }.Select(n => new CaseDocument(n, default)).ToDictionary(d => d.Name);
        Assert.Equal(["vote-0001-ann", "vote-0001-bob"], new WithdrawalCase(State(Received), documents, "1").WithPrefix(CaseDocuments.Votes(1)).Select(d => d.Name));
    }

    private static WithdrawalState State(WithdrawalStatus status) => new(
        "w1", "exchange-a", "customer-7", "request-1", "", Testing.World.SampleGovernance.Ether, 1, "entry-1", status, Testing.World.CustodyWorld.Start, Testing.World.CustodyWorld.Start, null);
}
