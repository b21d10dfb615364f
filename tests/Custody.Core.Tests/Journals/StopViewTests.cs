using Custody.Core.Journals;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Journals;

public sealed class StopViewTests
{
    private static readonly string[] Scopes = [FreezeScope.Platform, FreezeScope.Vault("v1"), FreezeScope.Vault("v2"), FreezeScope.Client("c1")];

    private static Arbitrary<StopFact[]> AnyFacts => Gen.OneOf(
        Gen.Elements("w1", "w2").Select(w => new StopFact(StopKind.WithdrawalEnded, w, "end")),
        Gen.Elements("w1", "w2").SelectMany(w => Gen.Choose(1, 3).Select(a => new StopFact(StopKind.AttemptBurnt, w, "burnt", a))),
        Gen.Elements(Scopes).Select(s => new StopFact(StopKind.Frozen, s, "frozen")),
        Gen.Elements(Scopes).Select(s => new StopFact(StopKind.Thawed, s, "thawed")),
        Gen.Elements("e1", "e2").SelectMany(e => Gen.Elements("d1", "d2").Select(d => new StopFact(StopKind.EntryActivated, e, "activated", Digest: d))),
        Gen.Elements("e1", "e2").Select(e => new StopFact(StopKind.EntryTombstoned, e, "tombstone")),
        Gen.Elements("e1", "e2").Select(e => new StopFact(StopKind.EntrySuspended, e, "suspended")),
        Gen.Elements("e1", "e2").Select(e => new StopFact(StopKind.EntryReinstated, e, "reinstated")),
        Gen.Elements("w1", "w2").SelectMany(w => Gen.Elements("d1", "d2").Select(d => new StopFact(StopKind.QuorumReached, w, "quorum", 1, d)))).ArrayOf().ToArbitrary();

    [Property]
    public Property With_WhateverFollows_AnEndNeverUnends() => Prop.ForAll(AnyFacts, facts =>
    {
        var view = StopView.Empty;
        foreach (var line in StopLines.Of(facts))
        {
            var next = view.With(line);
            var kept = new[] { "w1", "w2" }.All(w => view.EndOf(w) is not { } end || ReferenceEquals(end, next.EndOf(w)))
                && new[] { "w1", "w2" }.All(w => Enumerable.Range(1, 3).All(a => !view.IsBurnt(w, a) || next.IsBurnt(w, a)))
                && new[] { "e1", "e2" }.All(e => facts.TakeWhile(f => f.Kind != StopKind.EntryTombstoned || f.Subject != e).Count() >= line.Sequence
                    || (next.EntryActivatedAt(e, "d1") is null && next.EntryActivatedAt(e, "d2") is null));
            if (!kept)
            {
                return false;
            }

            view = next;
        }

        return true;
    });

    [Property]
    public Property With_AThaw_RemovesOnlyItsScope() => Prop.ForAll(AnyFacts, Gen.Elements(Scopes).ToArbitrary(), (facts, scope) =>
    {
        var before = StopLines.Fold(facts);
        var after = StopLines.Fold([.. facts, new StopFact(StopKind.Thawed, scope, "thawed")]);
        return !after.FreezesInForce.ContainsKey(scope) && after.FreezesInForce.Keys.ToHashSet().SetEquals(before.FreezesInForce.Keys.Where(k => k != scope));
    });

    [Property]
    public Property With_ASecondActivationOrQuorum_TheFirstStands() => Prop.ForAll(AnyFacts, facts =>
    {
        var view = StopLines.Fold(facts.Where(f => f.Kind != StopKind.EntryTombstoned));
        var entry = facts.FirstOrDefault(f => f.Kind == StopKind.EntryActivated && f.Subject == "e1");
        var quorum = facts.FirstOrDefault(f => f.Kind == StopKind.QuorumReached && f.Subject == "w1");
        return new[] { "d1", "d2" }.All(d => view.EntryActivatedAt("e1", d) is not null == (entry?.Digest == d)
            && view.QuorumReachedAt("w1", 1, d) is not null == (quorum?.Digest == d));
    });

    [Fact]
    public void FreezeOn_EachScope_CoversWhatItNames()
    {
        Assert.Null(StopView.Empty.FreezeOn("v1", "c1"));
        Assert.NotNull(Frozen(FreezeScope.Platform).FreezeOn("v1", "c1"));
        Assert.NotNull(Frozen(FreezeScope.Vault("v1")).FreezeOn("v1", "c1"));
        Assert.Null(Frozen(FreezeScope.Vault("v2")).FreezeOn("v1", "c1"));
        Assert.NotNull(Frozen(FreezeScope.Client("c1")).FreezeOn("v1", "c1"));
        Assert.Null(Frozen(FreezeScope.Client("v1")).FreezeOn("v1", "c1"));
    }

    [Theory]
    [InlineData("platform", true)]
    [InlineData("vault/v1", true)]
    [InlineData("client/c1", true)]
    [InlineData("vault/", false)]
    [InlineData("vault/a/b", false)]
    [InlineData("Platform", false)]
    [InlineData("person/x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void FreezeScope_ThreeForms_AndNoOther(string? scope, bool valid) => Assert.Equal(valid, FreezeScope.IsValid(scope));

    [Fact]
    public void With_UnknownKind_IsABrokenJournal()
    {
        Assert.Throws<JournalBrokenException>(() => StopLines.Fold([new StopFact(StopKind.Unknown, "x", "x")]));
        Assert.Throws<JournalBrokenException>(() => StopLines.Fold([new StopFact((StopKind)99, "x", "x")]));
    }

    [Theory]
    [InlineData("2", "d2", true)]
    [InlineData("3", "d3", true)]
    [InlineData("1", "d1", true)]
    [InlineData("1", "other", false)]
    [InlineData("0", "d0", false)]
    [InlineData("-1", "d", false)]
    [InlineData("two", "d", false)]
    [InlineData("", "d", false)]
    [InlineData("2", "", false)]
    [InlineData("2", null, false)]
    public void With_GovernanceInForce_OnlyGoesForward(string version, string? digest, bool allowed)
    {
        StopFact[] facts = [new(StopKind.GovernanceInForce, "1", "init", Digest: "d1"), new(StopKind.GovernanceInForce, version, "next", Digest: digest)];

        if (allowed)
        {
            Assert.Equal((version, digest), (StopLines.Fold(facts).GovernanceVersion.ToString(null, null), StopLines.Fold(facts).GovernanceDigest));
        }
        else
        {
            Assert.Throws<JournalBrokenException>(() => StopLines.Fold(facts));
        }
    }

    private static StopView Frozen(string scope) => StopLines.Fold([new StopFact(StopKind.Frozen, scope, "x")]);
}
