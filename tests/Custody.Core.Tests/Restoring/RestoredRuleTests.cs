using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Restoring;

/// <summary>What a restore at noon, two minutes before which the statement was drafted, lets be signed. The hot vault's journal was accepted at line 1.</summary>
public sealed class RestoredRuleTests
{
    private static readonly DateTimeOffset At = CustodyWorld.Start;
    private static readonly RestoreStatement Statement = Restores.Statement(At.AddMinutes(-2), 9);
    private static readonly StopView Stops = View(Restores.Fact(Statement));
    private static readonly VaultRegistration Hot = SampleGovernance.Document.Vaults[0];

    [Fact]
    public void View_ARestore_FreezesThePlatformAndIsKept()
    {
        Assert.Equal(StopKind.Restored, Stops.FreezesInForce[FreezeScope.Platform].Kind);
        var restore = Assert.Single(Stops.Restores);
        Assert.Equal(1, restore.LastLineOf("hot-1"));
        Assert.Equal(-1, restore.LastLineOf("other"));
        Assert.Equal(At.AddMinutes(1), restore.Until);
        Assert.NotEmpty(View(Restores.Fact(Statement), Restores.Thawed).Restores);
    }

    [Fact]
    public void View_ARestoreWithoutItsStatement_BreaksTheJournal()
    {
        Assert.Throws<JournalBrokenException>(() => View(Restores.Fact(Statement) with { Evidence = [] }));
        Assert.Throws<JournalBrokenException>(() => View(Restores.Fact(Statement) with { Digest = new string('a', 64) }));
        Assert.Throws<JournalBrokenException>(() => View(Restores.Fact(Statement) with { Evidence = ["a.e30.c"] }));
    }

    [Theory]
    [InlineData(-120, false)]
    [InlineData(0, false)]
    [InlineData(60, false)]
    [InlineData(61, true)]
    public void Check_NoLine_OnlyWhatWasAskedForAfterwards(int secondsAfter, bool isAllowed)
    {
        var verdict = RestoredRule.Check(Stops, At.AddSeconds(secondsAfter), "w1", Journals());

        Assert.Equal(isAllowed, verdict.IsAllowed);
        Assert.Equal(isAllowed ? RefusalCode.Unspecified : RefusalCode.Restored, verdict.Code);
        Assert.Equal(isAllowed, RestoredRule.Before(Stops, At.AddSeconds(secondsAfter)) is null);
    }

    [Fact]
    public void Check_WithoutATime_IsFromBefore() => Assert.False(RestoredRule.Check(Stops, null, "w1", Journals()).IsAllowed);

    [Fact]
    public void Check_NoRestore_IsAllowed() => Assert.True(RestoredRule.Check(StopView.Empty, null, "w1", Journals()).IsAllowed);

    // The governors' clocks count as well: a host whose clock was set back would let requests pass that were paid.
    [Fact]
    public void Check_TheHostsClockIsBehind_TheStatementsTimeCounts()
    {
        var stops = View(Restores.Fact(Restores.Statement(At.AddMinutes(30))));

        Assert.False(RestoredRule.Check(stops, At.AddMinutes(31), "w1", Journals()).IsAllowed);
        Assert.True(RestoredRule.Check(stops, At.AddMinutes(31).AddSeconds(1), "w1", Journals()).IsAllowed);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Check_ALine_CountsOnlyIfTheRestoredJournalHadIt(long sequence, bool isAllowed) =>
        Assert.Equal(isAllowed, RestoredRule.Check(Stops, At.AddDays(-1), "w1", Journals(Line("w1", sequence, 3))).IsAllowed);

    [Fact]
    public void Check_TwoRestores_EachMustKnowIt()
    {
        var second = Statement with { SignedAt = At, Journals = [.. Statement.Journals.Select(j => j with { Accepted = new JournalHead(5, new string('b', 64)) })] };
        var stops = View(Restores.Fact(Statement), Restores.Fact(second));

        Assert.False(RestoredRule.Check(stops, At.AddDays(-1), "w1", Journals(Line("w1", 3, 3))).IsAllowed);
        Assert.True(RestoredRule.Check(stops, At.AddDays(-1), "w1", Journals(Line("w1", 1, 3))).IsAllowed);
    }

    [Theory]
    [InlineData(8UL, false)]
    [InlineData(9UL, true)]
    public void CheckSlots_BelowWhatMayBeForgotten_IsRefused(ulong nonce, bool isAllowed) =>
        Assert.Equal(isAllowed, RestoredRule.CheckSlots(Stops, Hot, "w1", [Slot(nonce)], Journals()).IsAllowed);

    [Fact]
    public void CheckSlots_ItsOwnNonce_MayBeTakenAgain()
    {
        Assert.True(RestoredRule.CheckSlots(Stops, Hot, "w1", [Slot(3)], Journals(Line("w1", 1, 3))).IsAllowed);
        Assert.False(RestoredRule.CheckSlots(Stops, Hot, "w2", [Slot(3)], Journals(Line("w1", 1, 3))).IsAllowed);
        Assert.False(RestoredRule.CheckSlots(Stops, Hot, "w1", ["eip155:1/0x0/3"], Journals()).IsAllowed);
    }

    [Fact]
    public void UnknownBelow_SeveralRestores_IsTheHighest()
    {
        var stops = View(Restores.Fact(Statement), Restores.Fact(Statement with { SignedAt = At, Accounts = [.. Statement.Accounts.Select(a => a with { UnknownBelow = 4 })] }));

        Assert.Equal(9UL, RestoredRule.UnknownBelow(stops, "hot-1"));
        Assert.Equal(4UL, RestoredRule.UnknownBelow(stops, "warm-1"));
        Assert.Equal(0UL, RestoredRule.UnknownBelow(StopView.Empty, "hot-1"));
    }

    [Fact]
    public void View_ATransaction_IsMatchedWithOneWithdrawalAndItWithOne()
    {
        var stops = View(Match("w1", "aa"), Match("w2", "aa"), Match("w1", "bb"));

        Assert.Equal("w1", stops.MatchedWith("aa"));
        Assert.Null(stops.PaymentOf("w2"));
        Assert.Null(stops.MatchedWith("bb"));
        Assert.Equal("aa", stops.PaymentOf("w1")!.Digest);
    }

    // A lost line may have had the same number: what was signed to thaw that one must not thaw this.
    [Fact]
    public void Thaw_SignedBeforeTheRestore_IsAboutAnotherFreeze()
    {
        var stops = View(CustodyWorld.Default.InForce, Restores.Fact(Statement));
        var governed = CustodyWorld.Default.Governed;
        OperatorReading<ThawStatement> Thaw(DateTimeOffset signedAt) => ThawRule.Verify(
            People.Olga.Sign(DocumentType.Thaw, new ThawStatement(1, FreezeScope.Platform, stops.FreezesInForce[FreezeScope.Platform].Sequence, "olga", "over", signedAt, At.AddHours(3)), At), stops, governed, At.AddHours(1));

        Assert.Equal(RefusalCode.NotFrozen, Thaw(At).Verdict.Code);
        Assert.True(Thaw(At.AddSeconds(1)).Verdict.IsAllowed);
    }

    [Fact]
    public void Thaw_GovernanceIsStillTheOlderOne_IsRefused()
    {
        var second = Succession.Next(CustodyWorld.Default.Governance, d => d);
        var fact = Restores.Fact(Restores.Statement(At.AddMinutes(-2), 9, second));
        var governed = CustodyWorld.Default.Governed;
        RefusalCode Thaw(params StopFact[] facts)
        {
            var stops = View(facts);
            return ThawRule.Verify(
                People.Olga.Sign(DocumentType.Thaw, new ThawStatement(1, FreezeScope.Platform, stops.FreezesInForce[FreezeScope.Platform].Sequence, "olga", "over", At.AddMinutes(5), At.AddHours(3)), At), stops, governed, At.AddHours(1)).Verdict.Code;
        }

        Assert.Equal(RefusalCode.GovernanceDelayed, Thaw(CustodyWorld.Default.InForce, fact));
        Assert.Equal(RefusalCode.GovernanceDelayed, Thaw(CustodyWorld.Default.InForce, fact, new StopFact(StopKind.Frozen, FreezeScope.Platform, "again")));
        Assert.Equal(RefusalCode.Unspecified, Thaw(CustodyWorld.Default.InForce, fact, Succession.InForce(second)));
    }

    private static StopFact Match(string withdrawal, string transaction) => new(StopKind.PaymentMatched, withdrawal, "paid", Digest: transaction);

    private static StopView View(params StopFact[] facts)
    {
        var lines = StopLines.Of([]).ToList();
        foreach (var fact in facts)
        {
            lines.Add(StopLines.Next(lines[^1], fact, At));
        }

        return lines.Aggregate(StopView.Empty, (view, line) => view.With(line));
    }

    private static string Slot(ulong nonce) => SigningSlot.Nonce(SampleGovernance.Chain, People.HotKey.Address, nonce);

    private static SigningEntry Line(string withdrawal, long sequence, ulong nonce) => new(
        1, sequence, "", At.AddDays(-1), withdrawal, 1, IntentKind.Withdrawal, "", [Slot(nonce)], "", SampleGovernance.Ether, CustodyWorld.Destination, 1);

    private static Dictionary<string, SigningView> Journals(params SigningEntry[] lines) =>
        new(StringComparer.Ordinal) { ["hot-1"] = lines.Aggregate(SigningView.Empty, (view, line) => view.With(line)), ["warm-1"] = SigningView.Empty };
}
