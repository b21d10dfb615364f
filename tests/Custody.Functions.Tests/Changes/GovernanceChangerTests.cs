using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Journals;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Functions.Tests.Changes;

/// <summary>
/// A weakening never takes effect early: whatever is proposed beside it, whoever vetoes, wherever the app dies, and however the
/// two clocks run. It drives the code that writes the journal, and holds it against what the test itself saw.
/// </summary>
public sealed class GovernanceChangerTests
{
    private static readonly Func<GovernanceDocument, GovernanceDocument>[] Edits =
    [
        d => d with { Limits = [d.Limits[0] with { MaxAmount = d.Limits[0].MaxAmount + 1 }, .. d.Limits.Skip(1)] },
        d => d with { Limits = [d.Limits[0], d.Limits[1] with { MaxAmount = d.Limits[1].MaxAmount + 1 }, .. d.Limits.Skip(2)] },
        // The delay itself: shortening it waits for the long one.
        d => d with { Delays = new GovernanceDelays(d.Delays is { WeakeningSeconds: 86_400 } ? 43_200 : 86_400) },
        d => d with { Limits = [d.Limits[0] with { MaxAmount = d.Limits[0].MaxAmount - 1 }, .. d.Limits.Skip(1)] },
    ];

    private static Gen<Move> Moves =>
        from kind in Gen.Frequency((4, Gen.Constant(Kind.Propose)), (1, Gen.Constant(Kind.Veto)), (6, Gen.Constant(Kind.TakeEffect)), (4, Gen.Constant(Kind.Clocks)))
        from which in Gen.Choose(0, 30)
        from governor in Gen.Choose(0, 2)
        from hours in Gen.Choose(0, 90)
        from chainHours in Gen.Choose(-10, 90)
        from diesAt in Gen.Frequency((4, Gen.Constant(0)), (3, Gen.Choose(1, 6)))
        from after in Gen.Elements(true, false)
        select new Move(kind, which, governor, hours, chainHours, diesAt, after);

    [Property(MaxTest = 20)]
    public Property Moves_SeveralProposalsVetoesRestartsAndTwoClocks_NothingWeakensEarly() =>
        Prop.ForAll(Moves.ArrayOf(45).ToArbitrary(), moves => PlayAsync(moves).GetAwaiter().GetResult());

    // Otherwise the property could hold because nothing ever takes effect.
    [Fact]
    public async Task TakeEffect_WhenItsDelayIsPastByBothClocks_IsInForce()
    {
        var system = new ChangedGovernance();
        await system.ProposeAsync(Edits[0]);
        var digest = system.Known.Keys.Last();
        var due = GovernanceDelays.Default;

        Assert.Equal("waiting", (await system.TakeEffectAsync(digest)).Outcome);
        system.Host.Advance(due);
        Assert.Equal("waiting", (await system.TakeEffectAsync(digest)).Outcome);
        system.Chain.Time = null;
        Assert.Equal("waiting", (await system.TakeEffectAsync(digest)).Outcome);
        system.Chain.Time = system.Host.GetUtcNow().AddSeconds(-1);
        Assert.Equal("waiting", (await system.TakeEffectAsync(digest)).Outcome);
        system.Chain.Time = system.Host.GetUtcNow();
        Assert.Equal("inForce", (await system.TakeEffectAsync(digest)).Outcome);
        Assert.Equal(digest, (await system.ViewAsync()).GovernanceDigest);
    }

    private static async Task PlayAsync(Move[] moves)
    {
        var system = new ChangedGovernance();
        var seen = new Seen(system);
        foreach (var move in moves)
        {
            await PlayAsync(system, seen, move);
            await seen.LookAsync(move);
        }
    }

    private static async Task PlayAsync(ChangedGovernance system, Seen seen, Move move)
    {
        var digest = system.Known.Keys.ElementAt(move.Which % system.Known.Count);
        switch (move.Kind)
        {
            case Kind.Propose:
                await system.RunAsync(move.DiesAt, move.After, () => system.ProposeAsync(Edits[move.Which % Edits.Length]));
                break;
            case Kind.Veto:
                await system.RunAsync(move.DiesAt, move.After, async () =>
                {
                    if (await system.VetoAsync(digest, move.Governor))
                    {
                        seen.Promised.Add(digest);
                    }
                });
                break;
            case Kind.TakeEffect:
                await system.RunAsync(move.DiesAt, move.After, () => system.TakeEffectAsync(digest));
                break;
            default:
                system.Host.Advance(TimeSpan.FromHours(move.Hours));
                system.Chain.Time = move.Which == 0 ? null : (system.Chain.Time ?? system.Host.GetUtcNow()).AddHours(move.ChainHours);
                break;
        }
    }

    private enum Kind
    {
        Propose,
        Veto,
        TakeEffect,
        Clocks,
    }

    /// <summary>One step.</summary>
    /// <param name="Kind">Which.</param>
    /// <param name="Which">Of which of what is known.</param>
    /// <param name="Governor">Who vetoes.</param>
    /// <param name="Hours">How far the host's clock goes.</param>
    /// <param name="ChainHours">How far the chain's does; a reorganisation sets it back.</param>
    /// <param name="DiesAt">At which effect the app dies; 0 for none.</param>
    /// <param name="After">Whether that effect has happened.</param>
    private sealed record Move(Kind Kind, int Which, int Governor, int Hours, int ChainHours, int DiesAt, bool After);

    /// <summary>What the test saw, from which alone it says what may be in force.</summary>
    private sealed class Seen(ChangedGovernance system)
    {
        private readonly Dictionary<string, DateTimeOffset> _recorded = new(StringComparer.Ordinal);
        private readonly HashSet<string> _vetoed = new(StringComparer.Ordinal);
        private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);
        private string _inForce = system.Known.Keys.First();

        /// <summary>Vetoes that were acknowledged.</summary>
        public HashSet<string> Promised { get; } = new(StringComparer.Ordinal);

        public async Task LookAsync(Move move)
        {
            var view = await system.ViewAsync();
            if (view.GovernanceDigest != _inForce)
            {
                Assert.Equal(Kind.TakeEffect, move.Kind);
                CameIntoForce(view.GovernanceDigest);
            }

            foreach (var digest in system.Known.Keys)
            {
                Remember(digest, view);
            }

            Assert.All(Promised, d => Assert.True(view.IsVetoed(d), "An acknowledged veto is gone."));
            if (await system.ReadAsync() is GovernanceReading.Verified { Governed: var governed })
            {
                Assert.Equal(_inForce, governed.Digest);
                for (var version = governed; version is not null; version = version.Previous)
                {
                    var due = _due.GetValueOrDefault(version.Digest);
                    Assert.True(system.Host.GetUtcNow() >= due && !(system.Chain.Time < due), "A reader believes a weakening before its delay is past.");
                }
            }
        }

        private void CameIntoForce(string digest)
        {
            var (document, previous) = (system.Known[digest], system.Known[_inForce]);
            Assert.Equal(_inForce, document.Previous);
            Assert.DoesNotContain(digest, _vetoed);
            Assert.True(_recorded.TryGetValue(digest, out var recorded), "It came into force and was never proposed.");
            if (GovernanceDiff.Between(previous, document).Direction == ChangeDirection.Weakens)
            {
                var due = recorded + (previous.Delays is { } delays ? TimeSpan.FromSeconds(delays.WeakeningSeconds) : TimeSpan.FromDays(7));
                Assert.True(system.Host.GetUtcNow() >= due, $"It came into force at {system.Host.GetUtcNow():O} by the host and is due at {due:O}.");
                Assert.True(system.Chain.Time >= due, $"It came into force at {system.Chain.Time:O} by the chain and is due at {due:O}.");
                _due[digest] = due;
            }

            _inForce = digest;
        }

        private void Remember(string digest, StopView view)
        {
            if (view.GovernanceProposedAt(digest) is { } at && _recorded.TryAdd(digest, at))
            {
                Assert.Equal(system.Host.GetUtcNow(), at);
            }

            Assert.True(view.GovernanceProposedAt(digest) is null ? !_recorded.ContainsKey(digest) : view.GovernanceProposedAt(digest) == _recorded[digest], "The time of a proposal moved.");
            if (view.IsVetoed(digest))
            {
                _vetoed.Add(digest);
            }
        }
    }
}
