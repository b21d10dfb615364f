using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Maintenance;

public sealed class NonceCountRuleTests
{
    private static readonly DateTimeOffset At = CustodyWorld.Start;
    private static readonly VaultRegistration Hot = SampleGovernance.Document.Vaults[0];

    [Theory]
    [InlineData(0UL)]
    [InlineData(4UL)]
    [InlineData(6UL)]
    public void Unexplained_TheLastOneWasJournalled_IsNone(ulong count) => Assert.Null(NonceCountRule.Unexplained(Hot, count, Journal(3, 5), StopView.Empty));

    [Theory]
    [InlineData(1UL, 0UL)]
    [InlineData(5UL, 4UL)]
    [InlineData(7UL, 6UL)]
    [InlineData(ulong.MaxValue, ulong.MaxValue - 1)]
    public void Unexplained_NobodyJournalledTheLastOne_IsThatOne(ulong count, ulong nonce) => Assert.Equal(nonce, NonceCountRule.Unexplained(Hot, count, Journal(3, 5), StopView.Empty));

    [Fact]
    public void Unexplained_AnotherAccountsLine_ExplainsNothing() => Assert.Equal(
        2UL, NonceCountRule.Unexplained(Hot, 3, SigningView.Empty.With(Entry(SigningSlot.Nonce(Hot.Chain, People.WarmKey.Address, 2))), StopView.Empty));

    // What the governors accepted as lost in a restore is known to be unknown.
    [Theory]
    [InlineData(9UL, null)]
    [InlineData(10UL, 9UL)]
    public void Unexplained_BelowWhatARestoreLost_IsNone(ulong count, ulong? nonce)
    {
        var statement = Restores.Statement(At.AddMinutes(-2), 9);
        var stops = StopLines.Fold([Restores.Fact(statement)]);

        Assert.Equal(nonce, NonceCountRule.Unexplained(Hot, count, SigningView.Empty, stops));
    }

    private static SigningView Journal(params ulong[] nonces) => nonces.Aggregate(SigningView.Empty, (view, n) => view.With(Entry(SigningSlot.Nonce(Hot.Chain, Hot.EvmAddress(), n))));

    private static SigningEntry Entry(string slot) => new(
        1, 1, new string('b', 64), At, $"w{slot}", 1, IntentKind.Withdrawal, new string('c', 64), [slot], new string('d', 64), SampleGovernance.Ether, CustodyWorld.Destination, 1);
}
