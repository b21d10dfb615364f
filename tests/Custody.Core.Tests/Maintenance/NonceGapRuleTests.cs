using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Maintenance;

public sealed class NonceGapRuleTests
{
    private static readonly DateTimeOffset At = CustodyWorld.Start;
    private static readonly ChainId Chain = SampleGovernance.Chain;
    private static readonly EvmAddress Account = People.HotKey.Address;

    [Fact]
    public void At_BelowASignedOne_IsAGapSinceTheOldestAbove()
    {
        var journal = Journal((7, 20), (9, 10), (5, 0));

        Assert.Equal(new NonceGap(6, At.AddMinutes(10)), NonceGapRule.At(Chain, Account, 6, [journal]));
        Assert.Equal(new NonceGap(8, At.AddMinutes(10)), NonceGapRule.At(Chain, Account, 8, [journal]));
    }

    [Theory]
    [InlineData(5UL)]
    [InlineData(9UL)]
    [InlineData(10UL)]
    public void At_TakenOrAboveAll_IsNone(ulong nonce) => Assert.Null(NonceGapRule.At(Chain, Account, nonce, [Journal((7, 0)), Journal((5, 0), (9, 0))]));

    // After a restore nothing above says that something waits: what was signed and forgotten may.
    [Fact]
    public void At_WhereARestoreLostTheJournal_IsAGapSinceThen()
    {
        var lost = new LostNonces(6, At.AddMinutes(30));

        Assert.Equal(new NonceGap(5, At.AddMinutes(30)), NonceGapRule.At(Chain, Account, 5, [], lost));
        Assert.Null(NonceGapRule.At(Chain, Account, 6, [], lost));
        Assert.Null(NonceGapRule.At(Chain, Account, 5, [Journal((5, 0))], lost));
        Assert.Equal(new NonceGap(5, At.AddMinutes(10)), NonceGapRule.At(Chain, Account, 5, [Journal((7, 10))], lost));
        Assert.Equal([4UL, 5UL], NonceGapRule.Find(Chain, Account, 4, 4, 1, [], At.AddHours(1), TimeSpan.FromMinutes(10), lost).Select(g => g.Nonce));
    }

    [Fact]
    public void At_TakenInAnotherVaultsJournal_IsNone() => Assert.Null(NonceGapRule.At(Chain, Account, 6, [Journal((7, 0)), Journal((6, 0))]));

    [Fact]
    public void At_OtherAccountsAndChains_CountNothing()
    {
        var others = SigningView.Empty
            .With(Entry(SigningSlot.Nonce(Chain, People.WarmKey.Address, 9), 0))
            .With(Entry(SigningSlot.Nonce(ChainId.Parse("eip155:3133"), Account, 9), 1))
            .With(Entry($"{Chain}/{Account}/9x", 2))
            .With(Entry($"{Chain}/{Account}/", 3));

        Assert.Null(NonceGapRule.At(Chain, Account, 6, [others]));
        Assert.Null(NonceGapRule.At(Chain, Account, 6, []));
    }

    [Fact]
    public void Find_CountsFromChainAndPoolUpToWhatMayBeInFlight()
    {
        var journal = Journal((4, 0), (6, 0), (9, 0));

        Assert.Equal([5UL, 7, 8], Find(journal, latest: 4, pending: 4));
        Assert.Equal([7UL, 8], Find(journal, latest: 4, pending: 7));
        Assert.Equal([5UL, 7], Find(journal, latest: 4, pending: 4, maxInFlight: 4));
        Assert.Empty(Find(journal, latest: 10, pending: 10));
    }

    [Fact]
    public void Find_BeforeItsTime_IsNone()
    {
        var journal = Journal((4, 0), (6, 30));

        Assert.Empty(NonceGapRule.Find(Chain, Account, 4, 4, 16, [journal], At.AddMinutes(40) - TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)));
        Assert.Equal([5UL], NonceGapRule.Find(Chain, Account, 4, 4, 16, [journal], At.AddMinutes(40), TimeSpan.FromMinutes(10)).Select(g => g.Nonce));
    }

    // Whatever was signed: a gap is never taken, always below something taken, and none between is missed.
    [Property]
    public bool Find_AnyNoncesSigned_IsExactlyWhatIsMissingBelowTheHighest(NonNegativeInt[] signed)
    {
        var nonces = signed.Select(n => (ulong)(n.Get % 21)).Distinct().ToList();
        var journal = Journal([.. nonces.Select(n => (n, 0))]);
        var missing = Enumerable.Range(0, 21).Select(n => (ulong)n).Where(n => nonces.Any(above => above > n) && !nonces.Contains(n));
        return missing.SequenceEqual(Find(journal, 0, 0, 64));
    }

    private static IEnumerable<ulong> Find(SigningView journal, ulong latest, ulong pending, int maxInFlight = 16) =>
        NonceGapRule.Find(Chain, Account, latest, pending, maxInFlight, [journal], At.AddDays(1), TimeSpan.FromMinutes(10)).Select(g => g.Nonce);

    private static SigningView Journal(params (ulong Nonce, int Minutes)[] signed) =>
        signed.Aggregate(SigningView.Empty, (view, s) => view.With(Entry(SigningSlot.Nonce(Chain, Account, s.Nonce), s.Minutes)));

    private static SigningEntry Entry(string slot, int minutes) => new(
        1, 1, new string('b', 64), At.AddMinutes(minutes), $"w{slot}", 1, IntentKind.Withdrawal, new string('c', 64), [slot], new string('d', 64), SampleGovernance.Ether,
        CustodyWorld.Destination, 1);
}
