using System.Text;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Policy;
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

        Assert.IsType<GateReadiness.Ready>(await bench.NewGate().ReadyAsync(bench.Id, TestContext.Current.CancellationToken));
        await bench.SignedAsync();
        Assert.Empty(bench.Duress);
    }

    [Fact]
    public async Task SignAsync_ADuressVote_WaitsForEverAndTellsTheSoc()
    {
        var bench = Bench(forced: true);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.Equal(CooledOff, await bench.WaitsUntilAsync());
            Assert.Equal(CooledOff, Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync()).Until);
            bench.Time.Advance(TimeSpan.FromMinutes(20));
            bench.ChainTime += TimeSpan.FromMinutes(20);
        }

        Assert.Equal(0, bench.Hot.Asked);
        Assert.Empty(bench.Signings.Of("hot-1"));
        Assert.Equal((bench.Id, "bob/bob-2"), bench.Duress.Distinct().Single());
    }

    // A chain that lags: by the host's clock the cooling-off is long past, and the answers stay the same to the letter.
    [Fact]
    public async Task SignAsync_ADuressVoteAtEachStepOfTime_IsAnsweredLikeAnyOther()
    {
        var hour = World with { Governance = World.Governance with { Rules = [World.Governance.Rules[0] with { CoolingOffSeconds = 3600 }, World.Governance.Rules[1]] } };
        var (plain, forced) = (Bench(world: hour), Bench(forced: true, hour));
        GateBench[] both = [plain, forced];
        var answers = new List<GateOutcome>();
        for (var step = 0; step < 90; step++)
        {
            answers.Add(await SameAsync(both));
            foreach (var bench in both)
            {
                bench.Time.Advance(TimeSpan.FromSeconds(40));
                bench.ChainTime = step == 20 ? null : CustodyWorld.Start.AddSeconds(20 * step);
            }
        }

        Assert.Equal(2, answers.Distinct().Count());
        Assert.Contains(answers, a => a is GateOutcome.Unknown { Code: RefusalCode.NodeUnavailable });
        Assert.Equal(new GateOutcome.NotYet(CooledOff.AddMinutes(50)), answers[^1]);
        Assert.True(plain.Time.GetUtcNow() > CooledOff.AddMinutes(50));
        foreach (var bench in both)
        {
            bench.ChainTime = bench.Time.GetUtcNow();
        }

        Assert.Equal(answers[^1], await forced.SignAsync());
        await plain.SignedAsync();
        Assert.NotEmpty(forced.Duress);
        Assert.Empty(plain.Duress);
    }

    // The hours come after the cooling-off: a forced withdrawal that did not wait for them would tell itself apart.
    [Fact]
    public async Task SignAsync_ADuressVoteOutsideTheRulesHours_IsAnsweredLikeAnyOther()
    {
        var rule = World.Governance.Rules[0] with { Times = [new TimeWindow("Etc/UTC", "09:00", "11:55")] };
        var world = World with { Governance = World.Governance with { Rules = [rule, World.Governance.Rules[1]] } };
        GateBench[] both = [Bench(world: world), Bench(forced: true, world)];

        for (var step = 0; step < 5; step++)
        {
            Assert.Equal(new DateTimeOffset(2026, 2, 1, 9, 0, 0, TimeSpan.Zero), Assert.IsType<GateOutcome.NotYet>(await SameAsync(both)).Until);
            foreach (var bench in both)
            {
                bench.Time.Advance(TimeSpan.FromMinutes(7));
                bench.ChainTime += TimeSpan.FromMinutes(7);
            }
        }
    }

    // Without a cooling-off the pipeline's own pause is all that there is to see: never a time of the gate's own making.
    [Fact]
    public async Task SignAsync_ADuressVoteUnderARuleWithoutCoolingOff_IsAskedAboutAgainAtOnce()
    {
        var world = World with { Governance = World.Governance with { Rules = [World.Governance.Rules[0] with { CoolingOffSeconds = 0 }, World.Governance.Rules[1]] } };
        var bench = Bench(forced: true, world);

        Assert.Equal(bench.Time.GetUtcNow(), Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync()).Until);
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
                await bench.WaitsUntilAsync();
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

    // When the cooling-off of the world's rule is over.
    private static DateTimeOffset CooledOff => StopLines.At(World.QuorumReached) + TimeSpan.FromMinutes(10);

    private static async Task<GateOutcome> SameAsync(GateBench[] both)
    {
        var waits = new List<GateReadiness>();
        var outcomes = new List<GateOutcome>();
        foreach (var bench in both)
        {
            waits.Add(await bench.NewGate().ReadyAsync(bench.Id, TestContext.Current.CancellationToken));
            outcomes.Add(await bench.SignAsync());
        }

        Assert.Single(waits.Distinct());
        return Assert.Single(outcomes.Distinct());
    }

    private static GateBench Bench(bool forced = false, CustodyWorld? world = null)
    {
        world ??= World;
        var bench = new GateBench(world) { Openings = new DuressOpenings(Openings) };
        if (forced)
        {
            var vote = Forced.Sign(DocumentType.Approval, world.Statement("bob") with { DeviceId = "bob-2" }, CustodyWorld.Start);
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
