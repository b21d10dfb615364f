using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Whitelisting;
using Custody.Testing.World;
using Xunit;
using static Custody.Core.Tests.Whitelisting.WhitelistTexts;

namespace Custody.Core.Tests.Whitelisting;

public sealed class ActivationRuleTests
{
    private static readonly WhitelistEntry New = Entry("new", Near);
    private static readonly StopFact Known = Activation(Entry("known", "0x1111111111111111111111111111111111111111"));

    [Fact]
    public void Check_ClientAndQuorum_MayBecomeActive() => Assert.True(Check([Known], People.Exchange, People.Ann, People.Bob).Verdict.IsAllowed);

    [Theory]
    [InlineData(StopKind.EntryTombstoned, RefusalCode.WhitelistEntryEnded, false)]
    [InlineData(StopKind.EntryRejected, RefusalCode.WhitelistEntryEnded, false)]
    [InlineData(StopKind.EntryActivated, RefusalCode.WhitelistEntryExists, false)]
    public void Check_AnIdThatTheJournalKnows_NeverAgain(StopKind kind, RefusalCode code, bool mayWait)
    {
        var reading = Check([new StopFact(kind, "new", "was", Digest: "other")], People.Exchange, People.Ann, People.Bob);

        Assert.Equal((code, mayWait), (reading.Verdict.Code, reading.MayWait));
    }

    [Theory]
    [InlineData("platform")]
    [InlineData("client/exchange-a")]
    public void Check_Frozen_Waits(string scope)
    {
        var reading = Check([new StopFact(StopKind.Frozen, scope, "incident")], People.Exchange, People.Ann, People.Bob);

        Assert.Equal((RefusalCode.Frozen, true), (reading.Verdict.Code, reading.MayWait));
    }

    [Fact]
    public void Check_TooFew_Waits()
    {
        Assert.Equal((RefusalCode.QuorumMissing, true), Outcome(Check([], People.Exchange, People.Ann)));
        Assert.Equal((RefusalCode.WhitelistEntryUnsigned, false), Outcome(Check([], People.Ann, People.Bob, People.Cat)));
    }

    [Fact]
    public void Check_ALookAlike_WaitsForOneMore()
    {
        StopFact[] facts = [Activation(Entry("known", CustodyWorld.Destination))];

        Assert.Equal((RefusalCode.LookAlikeApprovalMissing, true), Outcome(Check(facts, People.Exchange, People.Ann, People.Bob)));
        Assert.True(Check(facts, People.Exchange, People.Ann, People.Bob, People.Cat).Verdict.IsAllowed);
    }

    [Fact]
    public void Check_AfterItsTime_HasExpired()
    {
        var governed = With(new WhitelistTerms(2, 0, ProposalSeconds: 3600));

        Assert.Equal(
            (RefusalCode.WhitelistProposalExpired, false),
            Outcome(ActivationRule.Check(Sign(New, People.Exchange, People.Ann, People.Bob), New, governed, StopView.Empty, New.CreatedAt.AddHours(1))));
        Assert.True(ActivationRule.Check(Sign(New, People.Exchange, People.Ann, People.Bob), New, governed, StopView.Empty, New.CreatedAt.AddSeconds(3599)).Verdict.IsAllowed);
    }

    private static (RefusalCode Code, bool MayWait) Outcome(ActivationReading reading) => (reading.Verdict.Code, reading.MayWait);

    private static ActivationReading Check(IReadOnlyList<StopFact> facts, params SoftwareKey[] keys) =>
        ActivationRule.Check(Sign(New, keys), New, CustodyWorld.Default.Governed, StopLines.Fold(facts), Start);
}
