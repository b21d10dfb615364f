using System.Text;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;
using static Custody.Vaults.Tests.Gate.DuressWorld;

namespace Custody.Vaults.Tests.Gate;

/// <summary>Every device carries a commitment, bob has a duress device besides; only the gate's openings tell them apart.</summary>
public sealed class DuressTests
{
    [Fact]
    public async Task SignAsync_PlainDevices_Signs()
    {
        var bench = Bench();

        Assert.Null(await bench.NewGate().WaitsUntilAsync(bench.Id, TestContext.Current.CancellationToken));
        await bench.SignedAsync();
        Assert.Empty(bench.Duress);
    }

    [Fact]
    public async Task SignAsync_ADuressVote_WaitsForEverAndTellsTheSoc()
    {
        var bench = Bench(forced: true);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.True(await bench.NewGate().WaitsUntilAsync(bench.Id, TestContext.Current.CancellationToken) > bench.Time.GetUtcNow());
            Assert.True(Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync()).Until > bench.Time.GetUtcNow());
            bench.Time.Advance(TimeSpan.FromMinutes(20));
            bench.ChainTime += TimeSpan.FromMinutes(20);
        }

        Assert.Equal(0, bench.Hot.Asked);
        Assert.Empty(bench.Signings.Of("hot-1"));
        Assert.Equal((bench.Id, "bob/bob-2"), bench.Duress.Distinct().Single());
    }

    [Fact]
    public async Task SignAsync_ADuressVoteWhileItCoolsOff_IsToldAtOnceAndAnsweredLikeAnyOther()
    {
        var (plain, forced) = (Bench(), Bench(forced: true));
        foreach (var bench in new[] { plain, forced })
        {
            bench.ChainTime = CustodyWorld.Start.AddMinutes(-12);
        }

        Assert.Equal(await plain.SignAsync(), await forced.SignAsync());
        Assert.Equal(
            await plain.NewGate().WaitsUntilAsync(plain.Id, TestContext.Current.CancellationToken),
            await forced.NewGate().WaitsUntilAsync(forced.Id, TestContext.Current.CancellationToken));
        Assert.NotEmpty(forced.Duress);
        Assert.Empty(plain.Duress);
    }

    [Fact]
    public async Task SignAsync_ADuressVoteBeyondTheQuorum_StillWaits()
    {
        var bench = Bench(forced: true);
        bench.Withdrawals.Stored[bench.Id] = bench.Case with
        {
            Documents = bench.Case.Documents.Values.Append(new CaseDocument(CaseDocuments.Vote(1, "cat"), Encoding.ASCII.GetBytes(World.Vote("cat")))).ToDictionary(d => d.Name),
        };

        Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync());
    }

    // Ann and cat make the quorum without the vote that was forced.
    private static readonly Dictionary<string, Func<GateBench>> Lapses = new(StringComparer.Ordinal)
    {
        ["expired"] = () => Bench(World, s => s with { ExpiresAt = CustodyWorld.Start.AddMinutes(-1) }),
        ["its device suspended"] = () =>
        {
            var bench = Bench(World, s => s);
            bench.Stops.Add(new StopFact(StopKind.DeviceSuspended, "bob/bob-2", "contradiction", 1, "1"));
            return bench;
        },
        ["taken back before the quorum"] = () => Bench(
            World with
            {
                StopFacts =
                [
                    World.InForce, World.Activated, World.ListInForce,
                    new StopFact(StopKind.VoteWithdrawn, VoteSubject.Of(World.WithdrawalId, "bob"), "changed my mind", 1, World.Intent.Digest()), World.QuorumReached,
                ],
            },
            s => s),
        ["its key's time over"] = () => Bench(Edited(d => d with { Key = d.Key with { Terms = new KeyTerms(NotAfter: CustodyWorld.Start.AddMinutes(-5)) } }), s => s),
        ["its evidence over"] = () => Bench(Edited(d => d with { Evidence = new ExpiringReference("evidence", CustodyWorld.Start.AddMinutes(-5)) }), s => s),
        ["its device removed since"] = () =>
        {
            var next = Succession.Next(World.Governance, d => d with { Approvers = [.. d.Approvers.Select(a => a with { Devices = [.. a.Devices.Where(v => v.Id != "bob-2")] })] });
            var bench = Bench(
                World with { StopFacts = [World.InForce, World.Activated, World.ListInForce, World.QuorumReached, Succession.Proposed(next), Succession.InForce(next)] }, s => s);
            bench.Facts.Stored[(FactKind.Governance, FactId.Governance(2, next.Digest()))] = Succession.Signed(next);
            return bench;
        },
    };

    public static TheoryData<string> LapseNames => [.. Lapses.Keys];

    [Theory]
    [MemberData(nameof(LapseNames))]
    public async Task SignAsync_ADuressVoteThatNoLongerCounts_StillWaitsAndTellsTheSoc(string lapse)
    {
        var bench = Lapses[lapse]();

        Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync());

        Assert.Equal(0, bench.Hot.Asked);
        Assert.Equal((bench.Id, "bob/bob-2"), bench.Duress.Distinct().Single());
    }

    [Fact]
    public async Task SignAsync_ADuressVoteInAFileThatIsRefused_IsRefusedLikeAnyOtherAndTellsTheSoc()
    {
        foreach (var (code, stop) in ((RefusalCode, Action<GateBench>)[])
        [
            (RefusalCode.QuorumMissing, b => b.EditDocument(CaseDocuments.Vote(1, "ann"), _ => null)),
            (RefusalCode.Frozen, b => b.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Platform, "incident"))),
            (RefusalCode.Stopped, b => b.Stops.Add(new StopFact(StopKind.WithdrawalEnded, b.Id, "cancelled"))),
            (RefusalCode.RequestExpired, b => b.Time.Advance(TimeSpan.FromDays(2))),
        ])
        {
            foreach (var forced in new[] { false, true })
            {
                var bench = Bench(forced);
                stop(bench);
                await bench.RefusedUnaskedAsync(code);
                await bench.NewGate().WaitsUntilAsync(bench.Id, TestContext.Current.CancellationToken);
                Assert.Equal(forced ? [(bench.Id, "bob/bob-2")] : [], bench.Duress.Distinct());
            }
        }
    }

    // Nobody but bob can make the gate believe that bob was forced.
    [Fact]
    public async Task SignAsync_AVoteThatOnlyNamesTheDuressDevice_IsNoDuress()
    {
        var bench = Bench();
        bench.EditDocument(CaseDocuments.Vote(1, "bob"), d => d with
        {
            Content = Encoding.ASCII.GetBytes(People.Bob.Sign(DocumentType.Approval, World.Statement("bob") with { DeviceId = "bob-2" }, CustodyWorld.Start)),
        });

        await bench.RefusedUnaskedAsync(RefusalCode.QuorumMissing);
        Assert.Empty(bench.Duress);
    }

    [Fact]
    public async Task SignAsync_WithoutTheOpenings_RefusesEverybodyAlike()
    {
        foreach (var openings in new[]
        {
            null,
            new DuressOpenings([]),
            new DuressOpenings(Openings.Where(o => o.Device != "bob/bob-phone" && o.Device != "bob/bob-2")),
            new DuressOpenings(Openings.Select(o => o with { Salt = new string('0', 64) })),
            new DuressOpenings(Openings.Select(o => o with { Kind = o.Kind == DeviceKind.Plain ? DeviceKind.Duress : DeviceKind.Plain })),
        })
        {
            foreach (var forced in new[] { false, true })
            {
                var bench = Bench(forced);
                bench.Openings = openings;
                await bench.RefusedUnaskedAsync(RefusalCode.CommitmentUnopened);
                Assert.Empty(bench.Duress);
            }
        }
    }

    [Fact]
    public void Commitments_TellNothingApart()
    {
        var commitments = World.Governance.Approvers.SelectMany(a => a.Devices).Select(d => d.DuressCommitment!).ToList();

        Assert.All(commitments, c => Assert.Matches("^[0-9a-f]{64}$", c));
        Assert.Equal(commitments.Count, commitments.Distinct().Count());
        Assert.NotEqual(Opening("bob", "bob-2").Commitment(), Opening("bob", "bob-2", DeviceKind.Duress).Commitment());
        Assert.Throws<ArgumentException>(() => new DuressOpenings([Openings[0] with { Salt = "00" }]));
        Assert.Throws<ArgumentException>(() => new DuressOpenings([Openings[0] with { Kind = DeviceKind.Unknown }]));
        Assert.Throws<ArgumentException>(() => new DuressOpenings([Openings[0], Openings[0]]));
        Assert.Equal(DeviceKind.Duress, DuressOpenings.Read(CanonicalJson.Serialize(Openings)).KindOf("bob/bob-2", Openings[2].Commitment()));
        Assert.Equal(DeviceKind.Unknown, new DuressOpenings(Openings).KindOf("bob/bob-2", Openings[1].Commitment()));
    }

    private static GateBench Bench(bool forced = false)
    {
        var bench = new GateBench(World) { Openings = new DuressOpenings(Openings) };
        if (forced)
        {
            var vote = Forced.Sign(DocumentType.Approval, World.Statement("bob") with { DeviceId = "bob-2" }, CustodyWorld.Start);
            bench.EditDocument(CaseDocuments.Vote(1, "bob"), d => d with { Content = Encoding.ASCII.GetBytes(vote) });
        }

        return bench;
    }

    // Bob's forced vote beside the quorum of ann and cat.
    private static GateBench Bench(CustodyWorld world, Func<ApprovalStatement, ApprovalStatement> edit)
    {
        var bench = new GateBench(world) { Openings = new DuressOpenings(Openings) };
        var statement = edit(world.Statement("bob") with { DeviceId = "bob-2" });
        bench.EditDocument(CaseDocuments.Vote(1, "bob"), d => d with { Content = Encoding.ASCII.GetBytes(Forced.Sign(DocumentType.Approval, statement, statement.SignedAt)) });
        bench.Withdrawals.Stored[bench.Id] = bench.Case with
        {
            Documents = bench.Case.Documents.Values.Append(new CaseDocument(CaseDocuments.Vote(1, "cat"), Encoding.ASCII.GetBytes(world.Vote("cat")))).ToDictionary(d => d.Name),
        };
        return bench;
    }
}
