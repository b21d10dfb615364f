using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Whitelisting;
using Custody.Testing.World;
using Xunit;
using static Custody.Core.Tests.Whitelisting.WhitelistTexts;

namespace Custody.Core.Tests.Whitelisting;

/// <summary>What the journal says of an entry, as the gate asks it.</summary>
public sealed class WhitelistStandingTests
{
    private const long SuspensionLine = 2;

    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly StopFact Suspended = new(StopKind.EntrySuspended, "entry-1", "looked odd");
    private static readonly Governed NoCoolingOff = With(new WhitelistTerms(2, 0));

    [Fact]
    public void Verify_Suspended_IsRefused() => Assert.Equal(RefusalCode.WhitelistEntrySuspended, Verify([World.Activated, Suspended]).Code);

    [Fact]
    public void Verify_ReinstatedByTheQuorum_IsAllowedAfterANewCoolingOff()
    {
        StopFact[] facts = [World.Activated, Suspended, Reinstated("ann", "bob")];

        Assert.True(Verify(facts).IsAllowed);
        Assert.Equal(RefusalCode.WhitelistCoolingOff, Verify(facts, With(new WhitelistTerms(2, 4 * 86_400))).Code);
        Assert.Equal(
            StopLines.At(facts[2]).AddDays(4), WhitelistRule.UsableFrom(World.Entry, With(new WhitelistTerms(2, 4 * 86_400)), StopLines.Fold(facts)));
    }

    [Fact]
    public void Verify_ReinstatedByTooFewOrForAnotherSuspension_IsRefused()
    {
        Assert.Equal(RefusalCode.WhitelistReinstatementUnsigned, Verify([World.Activated, Suspended, Reinstated("ann")]).Code);
        Assert.Equal(RefusalCode.WhitelistReinstatementUnsigned, Verify([World.Activated, Suspended, Reinstated()]).Code);
        Assert.Equal(RefusalCode.WhitelistReinstatementUnsigned, Verify([World.Activated, Suspended, Reinstated("ann", "ann")]).Code);
        Assert.Equal(
            RefusalCode.WhitelistReinstatementUnsigned,
            Verify([World.Activated, Suspended, Line(Reinstate(World.Entry, "ann", 7), Reinstate(World.Entry, "bob", 7))]).Code);
        Assert.Equal(
            RefusalCode.WhitelistReinstatementUnsigned,
            Verify([World.Activated, Suspended, Line(Suspend("olga", People.Olga), Suspend("omar", People.Omar))]).Code);
    }

    [Fact]
    public void Verify_SuspendedAgain_TheOldReinstatementDoesNotHelp() =>
        Assert.Equal(RefusalCode.WhitelistEntrySuspended, Verify([World.Activated, Suspended, Reinstated("ann", "bob"), Suspended]).Code);

    [Theory]
    [InlineData(StopKind.EntryTombstoned)]
    [InlineData(StopKind.EntryRejected)]
    public void Verify_Ended_NeverComesBack(StopKind end)
    {
        StopFact[] facts = [World.Activated, new(end, "entry-1", "gone"), World.Activated, Suspended, Reinstated("ann", "bob", "cat")];

        Assert.Equal(RefusalCode.WhitelistEntryInactive, Verify(facts).Code);
        Assert.Null(WhitelistRule.UsableFrom(World.Entry, NoCoolingOff, StopLines.Fold(facts)));
    }

    [Fact]
    public void Verify_AnActivationThatDoesNotCarryTheEntry_ActivatesNothing()
    {
        Assert.Equal(RefusalCode.WhitelistEntryInactive, Verify([World.Activated with { Evidence = [] }]).Code);
        Assert.Equal(RefusalCode.WhitelistEntryInactive, Verify([World.Activated with { Evidence = ["a.b.c"] }]).Code);
        Assert.Equal(
            RefusalCode.WhitelistEntryInactive,
            Verify([World.Activated with { Evidence = Activation(Entry("entry-1", Near)).Evidence }]).Code);
    }

    // What was signed is judged by what held when the journal took it: a device suspended later does not undo it.
    [Fact]
    public void Verify_ADeviceSuspendedBeforeTheActivation_DoesNotCountAndOneSuspendedLaterDoes()
    {
        StopFact[] ofAllSigners = [DeviceSuspended("ann"), DeviceSuspended("bob"), DeviceSuspended("cat")];

        Assert.Equal(RefusalCode.WhitelistEntryUnsigned, Verify([.. ofAllSigners, World.Activated]).Code);
        Assert.True(Verify([World.Activated, .. ofAllSigners]).IsAllowed);
    }

    [Fact]
    public void Verify_ADeviceSuspendedBeforeItReinstated_DoesNotCount() => Assert.Equal(
        RefusalCode.WhitelistReinstatementUnsigned, Verify([World.Activated, Suspended, DeviceSuspended("ann"), Reinstated("ann", "bob")]).Code);

    private static StopFact DeviceSuspended(string approver) => new(StopKind.DeviceSuspended, $"{approver}/{approver}-phone", "it contradicts", Digest: approver);

    private static StopFact Reinstated(params string[] approvers) => Line([.. approvers.Select(a => Reinstate(World.Entry, a, SuspensionLine))]);

    private static StopFact Line(params string[] statements) => new(StopKind.EntryReinstated, "entry-1", "looked at it", Evidence: statements);

    private static string Suspend(string id, SoftwareKey key) => Sign(Statement(World.Entry, WhitelistAction.Suspend, id, suspension: SuspensionLine), key);

    private static Verdict Verify(IReadOnlyList<StopFact> facts, Governed? governed = null) =>
        WhitelistRule.Verify(World.EntryDocument, World.Request, governed ?? NoCoolingOff, StopLines.Fold(facts), Start, Start).Verdict;
}
