using System.Numerics;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Journals;

public sealed class SigningViewTests
{
    private static readonly DateTimeOffset Now = CustodyWorld.Start;

    // The minutes are not in order: a writer's clock may step back.
    private static Arbitrary<(int Withdrawal, int Minute, int Destination)[]> AnyEntries =>
        Gen.Choose(1, 6).SelectMany(w => Gen.Choose(0, 120).SelectMany(m => Gen.Choose(1, 2).Select(d => (w, m, d)))).ArrayOf().ToArbitrary();

    [Property]
    public Property Spent_AnyEntriesAndWindow_CountsEachWithdrawalInTheWindowOnce() => Prop.ForAll(AnyEntries, Gen.Choose(0, 120).ToArbitrary(), (entries, since) =>
    {
        var view = View(entries);
        var expected = entries.Where(e => e.Minute > since && e.Withdrawal != 3).Select(e => e.Withdrawal).Distinct().Aggregate(0, (sum, w) => sum + w);
        var toOne = entries.Where(e => e.Minute > since && e.Withdrawal != 3 && e.Destination == 1).Select(e => e.Withdrawal).Distinct().Aggregate(0, (sum, w) => sum + w);
        return view.Spent(SampleGovernance.Ether, At(since), "w3") == expected && view.Spent(SampleGovernance.Ether, At(since), "w3", "to-1") == toOne;
    });

    [Fact]
    public void Spent_ClockSteppedBack_OldLineHidesNothing() => Assert.Equal(
        1 + 2, View([(1, 100, 1), (2, 110, 1), (4, 5, 1)]).Spent(SampleGovernance.Ether, At(60), "w9"));

    [Fact]
    public void Spent_AnotherAsset_IsNothing() =>
        Assert.Equal(0, View([(1, 100, 1)]).Spent(Core.Assets.AssetId.Parse("eip155:1/slip44:60"), At(0), "w9"));

    [Fact]
    public void With_Genesis_IsNoEntry()
    {
        var view = SigningView.Empty.With(new SigningEntry(1, 0, "root", Now, "", 0, IntentKind.Unknown, "", [], "", null, "", 0));

        Assert.Empty(view.All);
        Assert.Equal(0, view.Spent(SampleGovernance.Ether, DateTimeOffset.MinValue, ""));
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(0, 9, true)]
    [InlineData(2, 1, true)]
    [InlineData(2, 2, true)]
    [InlineData(2, 3, false)]
    public void IsClosed_AClosingLine_ClosesTheWholeOrTheAttemptsUpToOne(int upTo, int attempt, bool expected)
    {
        var view = SigningView.Empty.With(new SigningEntry(1, 1, "", Now, "w1", upTo, IntentKind.Unknown, "", [], "", null, "", 0));

        Assert.Equal(expected, view.IsClosed("w1", attempt));
        Assert.Equal(upTo == 0, view.IsClosed("w1"));
        Assert.False(view.IsClosed("w2", attempt));
        Assert.Empty(view.Of("w1"));
    }

    [Property]
    public Property TakenBy_IsTheNewestLineOfTheSlot() => Prop.ForAll(AnyEntries, entries =>
    {
        var view = View(entries);
        return Enumerable.Range(1, 6).All(w => (view.TakenBy($"slot-{w}")?.Sequence ?? -1) == Array.FindLastIndex(entries, e => e.Withdrawal == w)
            && view.Of($"w{w}").Count == entries.Count(e => e.Withdrawal == w))
            && view.TakenBy("free") is null && view.All.Count == entries.Length;
    });

    [Fact]
    public void SigningSlot_NamesChainAccountAndNonce() => Assert.Equal(
        $"eip155:31337/{People.HotKey.Address}/7", SigningSlot.Nonce(SampleGovernance.Chain, People.HotKey.Address, 7));

    private static DateTimeOffset At(int minute) => Now.AddMinutes(minute);

    private static SigningView View((int Withdrawal, int Minute, int Destination)[] entries) => entries.Select((e, i) => new SigningEntry(
        1, i, "", At(e.Minute), $"w{e.Withdrawal}", 1, IntentKind.Withdrawal, "", [$"slot-{e.Withdrawal}"], "", SampleGovernance.Ether, $"to-{e.Destination}", new BigInteger(e.Withdrawal)))
        .Aggregate(SigningView.Empty, (view, entry) => view.With(entry));
}
