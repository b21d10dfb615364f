using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Governance;

public sealed class GovernanceInForceTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly GovernanceDocument First = SampleGovernance.Document;
    private static readonly GovernanceDocument Tighter = Succession.Next(First, d => d with { Operators = [d.Operators[0]] });
    private static readonly GovernanceDocument Weaker = Succession.Weaker(First, d => d with { Limits = [d.Limits[0] with { MaxAmount = d.Limits[0].MaxAmount * 2 }, .. d.Limits.Skip(1)] });
    private static readonly Governed WeakerGoverned = Verified(Weaker);

    // Lines of the world are three days old; the world's governance sets no delay, so it is seven days.
    private static readonly DateTimeOffset Due = CustodyWorld.Start.AddDays(-3) + GovernanceDelays.Default;

    [Fact]
    public void Check_ATightening_IsInForceAtOnce() => Assert.IsType<GovernanceReading.Verified>(
        GovernanceInForce.Check(new GovernanceReading.Verified(Verified(Tighter)), Fold(Succession.Proposed(Tighter), Succession.InForce(Tighter)), World.Now, World.Now));

    [Fact]
    public void Check_AWeakeningBeforeItsDelay_IsRefusedWhateverTheJournalSays()
    {
        var stops = Fold(Succession.Proposed(Weaker), Succession.InForce(Weaker));

        Assert.IsType<GovernanceReading.Refused>(Check(stops, Due.AddSeconds(-1), Due.AddDays(1)));
        Assert.IsType<GovernanceReading.Refused>(Check(stops, Due.AddDays(1), Due.AddSeconds(-1)));
        Assert.IsType<GovernanceReading.Verified>(Check(stops, Due, Due));
    }

    [Fact]
    public void Check_AWeakeningWhoseQuorumTheJournalNeverRecorded_IsRefused() =>
        Assert.IsType<GovernanceReading.Refused>(Check(Fold(Succession.InForce(Weaker)), Due.AddDays(365), Due.AddDays(365)));

    [Fact]
    public void Check_AnOlderVersion_IsRefused() => Assert.IsType<GovernanceReading.Refused>(
        GovernanceInForce.Check(new GovernanceReading.Verified(World.Governed), Fold(Succession.Proposed(Tighter), Succession.InForce(Tighter)), World.Now, World.Now));

    // What may not be in force yet is no governance to anybody who uses it; only the detail says why.
    [Fact]
    public void Check_AWeakeningBeforeItsDelay_IsGovernanceInvalidAndSaysWhen()
    {
        var stops = Fold(Succession.Proposed(Weaker), Succession.InForce(Weaker));
        var early = GovernanceInForce.MayTakeEffect(WeakerGoverned, stops, Due.AddSeconds(-1), Due.AddSeconds(-1));
        var refused = Assert.IsType<GovernanceReading.Refused>(Check(stops, Due.AddSeconds(-1), Due.AddSeconds(-1)));

        Assert.Equal(RefusalCode.GovernanceDelayed, early.Code);
        Assert.Equal((RefusalCode.GovernanceInvalid, early.Detail), (refused.Code, refused.Detail));
    }

    [Fact]
    public void MayTakeEffect_Vetoed_IsRefusedForEver() => Assert.Equal(
        RefusalCode.GovernanceVetoed,
        GovernanceInForce.MayTakeEffect(WeakerGoverned, Fold(Succession.Proposed(Weaker), Succession.Vetoed(Weaker)), Due.AddDays(3650), Due.AddDays(3650)).Code);

    // A late veto must not take back what is in force, or one governor could stop the whole platform with it.
    [Fact]
    public void With_AVetoOfWhatIsInForce_ChangesNothing()
    {
        var stops = Fold(Succession.Proposed(Weaker), Succession.InForce(Weaker), Succession.Vetoed(Weaker));

        Assert.False(stops.IsVetoed(Weaker.Digest()));
    }

    [Fact]
    public void With_ProposedAgain_TheFirstRecordStands()
    {
        var lines = StopLines.Of([World.InForce, Succession.Proposed(Weaker)]);
        var again = StopLines.Next(lines[^1], Succession.Proposed(Weaker), CustodyWorld.Start);
        var stops = lines.Append(again).Aggregate(StopView.Empty, (view, line) => view.With(line));

        Assert.Equal(CustodyWorld.Start.AddDays(-3), stops.GovernanceProposedAt(Weaker.Digest()));
    }

    // Whatever is proposed, vetoed and put in force in whatever order and at whatever times, restarts between: a weakening
    // passes only when its delay after its first record is past by both clocks, and no veto came while it was open.
    [Property(MaxTest = 300)]
    public Property MayTakeEffect_UnderAnyOrderOfLines_NeverEarly() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Kind, ushort Hours)[]>(), ArbMap.Default.ArbFor<(ushort Now, ushort Chain)>(), (moves, clocks) =>
        {
            var at = CustodyWorld.Start.AddDays(-3);
            var lines = StopLines.Of([World.InForce]).ToList();
            DateTimeOffset? recorded = null;
            var vetoed = false;
            foreach (var (kind, hours) in moves)
            {
                at = at.AddHours(hours % 48);
                var fact = (kind % 3) switch { 0 => Succession.Proposed(Weaker), 1 => Succession.Vetoed(Weaker), _ => new StopFact(StopKind.AttemptBurnt, "w", "", 1) };
                lines.Add(StopLines.Next(lines[^1], fact, at));
                vetoed |= fact.Kind == StopKind.GovernanceVetoed && recorded is not null;
                recorded ??= fact.Kind == StopKind.GovernanceProposed ? at : null;
            }

            var stops = lines.Aggregate(StopView.Empty, (view, line) => view.With(line));
            var (now, chain) = (CustodyWorld.Start.AddHours(clocks.Now % 400), CustodyWorld.Start.AddHours(clocks.Chain % 400));
            var due = recorded + GovernanceDelays.Default;
            return GovernanceInForce.MayTakeEffect(WeakerGoverned, stops, now, chain).IsAllowed == (!vetoed && now >= due && chain >= due);
        });

    private static GovernanceReading Check(StopView stops, DateTimeOffset now, DateTimeOffset chain) =>
        GovernanceInForce.Check(new GovernanceReading.Verified(WeakerGoverned), stops, now, chain);

    private static StopView Fold(params StopFact[] facts) => StopLines.Fold([World.InForce, .. facts]);

    private static Governed Verified(GovernanceDocument document) =>
        ((GovernanceReading.Verified)SuccessionRule.Check(World.Governed, Succession.Signed(document), World.Now)).Governed;
}
