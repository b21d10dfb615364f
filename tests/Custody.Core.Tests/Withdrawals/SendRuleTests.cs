using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Withdrawals;

public sealed class SendRuleTests
{
    private const string Id = "w1", Vault = "hot-1", Client = "exchange-a", Transaction = "0xaa";

    private static readonly Dictionary<string, StopFact> Stops = new(StringComparer.Ordinal)
    {
        ["ended"] = new(StopKind.WithdrawalEnded, Id, "a test"),
        ["burnt"] = new(StopKind.AttemptBurnt, Id, "a test", 2),
        ["vault frozen"] = new(StopKind.Frozen, FreezeScope.Vault(Vault), "a test"),
        ["client frozen"] = new(StopKind.Frozen, FreezeScope.Client(Client), "a test"),
        ["platform frozen"] = new(StopKind.Frozen, FreezeScope.Platform, "a test"),
    };

    public static TheoryData<string> Stopping => [.. Stops.Keys];

    public static TheoryData<WithdrawalStatus> Statuses => [.. Enum.GetValues<WithdrawalStatus>()];

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Check_Status_OnlyWhereTheFileSaysThatItIsSent(WithdrawalStatus status)
    {
        var verdict = Check(State(status), StopView.Empty);

        Assert.Equal(status is WithdrawalStatus.Broadcast or WithdrawalStatus.Confirming or WithdrawalStatus.Reorged or WithdrawalStatus.Settled or WithdrawalStatus.Failed, verdict.IsAllowed);
        Assert.True(verdict.IsAllowed || verdict.Code == RefusalCode.SendingNotRecorded);
    }

    [Fact]
    public void Check_AnotherTransactionThanTheFileSays_IsRefused() => Assert.Equal(
        RefusalCode.SendingNotRecorded, Check(State(WithdrawalStatus.Broadcast) with { TransactionId = "0xbb" }, StopView.Empty).Code);

    [Theory]
    [MemberData(nameof(Stopping))]
    public void Check_Stopped_IsRefusedWhateverTheFileSaysOfABlock(string stop)
    {
        var stops = StopLines.Fold([Stops[stop]]);

        Assert.True(Check(State(WithdrawalStatus.Broadcast), stops).Code is RefusalCode.Stopped or RefusalCode.Frozen);
        Assert.True(Check(State(WithdrawalStatus.Confirming), stops).Code is RefusalCode.Stopped or RefusalCode.Frozen);
        Assert.True(Check(State(WithdrawalStatus.Reorged), stops).Code is RefusalCode.Stopped or RefusalCode.Frozen);
        Assert.Equal(stop.EndsWith("frozen", StringComparison.Ordinal), Check(State(WithdrawalStatus.Settled), stops).IsAllowed);
    }

    [Fact]
    public void Check_SomebodyElseStopped_IsAllowed() => Assert.True(Check(
        State(WithdrawalStatus.Broadcast),
        StopLines.Fold(
        [
            new StopFact(StopKind.WithdrawalEnded, "w2", "a test"), new StopFact(StopKind.AttemptBurnt, Id, "a test", 1),
            new StopFact(StopKind.Frozen, FreezeScope.Vault("warm-1"), "a test"), new StopFact(StopKind.Frozen, FreezeScope.Client("exchange-b"), "a test"),
        ])).IsAllowed);

    // DESIGN, section 6: signatures stop in a freeze, save approved gap fills and cancels.
    [Fact]
    public void Check_CancelInAFreeze_IsAllowedAndOtherwiseStoppedAsAnyOther()
    {
        var cancel = Intent with { Kind = IntentKind.Cancel };

        Assert.True(Check(State(WithdrawalStatus.Broadcast), StopLines.Fold([Stops["vault frozen"], Stops["platform frozen"]]), cancel).IsAllowed);
        Assert.Equal(RefusalCode.Stopped, Check(State(WithdrawalStatus.Broadcast), StopLines.Fold([Stops["burnt"]]), cancel).Code);
    }

    // A reorganisation beyond finality took the cancel's block: what it ended could be mined after all.
    [Fact]
    public void Check_TheCancelThatEndedIt_IsAllowedAndThePaymentIsNot()
    {
        var (cancelled, ended) = (State(WithdrawalStatus.Cancelled), StopLines.Fold([Stops["ended"], Stops["platform frozen"]]));
        var cancel = Intent with { Kind = IntentKind.Cancel };

        Assert.True(Check(cancelled, ended, cancel).IsAllowed);
        Assert.Equal(RefusalCode.SendingNotRecorded, Check(cancelled, ended).Code);
        Assert.Equal(RefusalCode.SendingNotRecorded, Check(cancelled with { TransactionId = "0xbb" }, ended, cancel).Code);
    }

    private static WithdrawalIntent Intent => CustodyWorld.Default.Intent with { ClientId = Client };

    private static Verdict Check(WithdrawalState state, StopView stops, WithdrawalIntent? intent = null) => SendRule.Check(state, 2, Transaction, Vault, intent ?? Intent, stops);

    private static WithdrawalState State(WithdrawalStatus status) => new(
        Id, Client, "customer-7", "request-1", "digest", SampleGovernance.Ether, 1, "entry-1", status, CustodyWorld.Start, CustodyWorld.Start, null)
    {
        TransactionId = Transaction,
        Attempt = 2,
    };
}
