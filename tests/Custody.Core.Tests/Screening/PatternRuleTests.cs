using System.Numerics;
using Custody.Core.Screening;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Screening;

/// <summary>Structuring: three amounts of 90 to 99 within a day; sum: more than 200 within a day.</summary>
public sealed class PatternRuleTests
{
    private static readonly DateTimeOffset Now = CustodyWorld.Start;
    private static readonly PatternTerms Terms = new(SampleGovernance.Ether, 86_400, 100, 1_000, 3, 200);

    [Theory]
    [InlineData(89, false)]
    [InlineData(90, true)]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void IsJustBelow_TheGovernedShareBelowTheThreshold_Counts(int amount, bool counts) => Assert.Equal(counts, PatternRule.IsJustBelow(Terms, amount));

    [Fact]
    public void Evaluate_ThreeJustBelow_IsStructuringFromTheThirdOn()
    {
        var suspicion = Assert.Single(Of((-20, 95), (-10, 5), (-8, 90), (-1, 99)), s => s.Kind == PatternKind.Structuring);

        Assert.Equal(["w-20", "w-8", "w-1"], suspicion.Payments.Select(p => p.WithdrawalId));
        Assert.Equal("w-1", suspicion.Trigger.WithdrawalId);
    }

    [Theory]
    [InlineData(-20, 95, -10, 95, -1, 100)]
    [InlineData(-20, 95, -10, 95, -1, 89)]
    [InlineData(-26, 95, -10, 95, -1, 95)]
    public void Evaluate_TwoJustBelowWithinTheWindow_IsNoStructuring(int h1, int a1, int h2, int a2, int h3, int a3) =>
        Assert.DoesNotContain(Of((h1, a1), (h2, a2), (h3, a3)), s => s.Kind == PatternKind.Structuring);

    [Fact]
    public void Evaluate_SumAbove_BeginsOnceAndIsNotRepeatedByThePaymentsAfter()
    {
        var suspicion = Assert.Single(Of((-20, 150), (-10, 51), (-8, 20), (-1, 30)));

        Assert.Equal((PatternKind.Sum, "w-10"), (suspicion.Kind, suspicion.Trigger.WithdrawalId));
    }

    [Theory]
    [InlineData(-20, 150, -1, 50)]
    [InlineData(-25, 150, -1, 150)]
    public void Evaluate_SumAtTheValueOrOverTwoWindows_IsNothing(int h1, int a1, int h2, int a2) => Assert.Empty(Of((h1, a1), (h2, a2)));

    // Each asset alone stays below everything; what nothing says the worth of counts nothing.
    [Fact]
    public void Evaluate_ValueOfAllAssets_AddsUpOverThem()
    {
        PatternPayment Of(int hours, int? value, Core.Assets.AssetId asset) => new($"w{hours}", Now.AddHours(hours), 1, null, "settled", asset, value);
        var terms = new ValuePatternTerms(86_400, 200);
        var history = new[] { Of(-45, 100, SampleGovernance.Ether), Of(-20, 150, SampleGovernance.Ether), Of(-15, null, SampleToken.Asset), Of(-10, 51, SampleToken.Asset), Of(-1, 10, SampleGovernance.Ether) };

        var suspicion = Assert.Single(PatternRule.Evaluate(terms, history, Now));

        Assert.Equal((PatternKind.Value, "w-10"), (suspicion.Kind, suspicion.Trigger.WithdrawalId));
        var report = SuspicionReport.Of(suspicion, "exchange-a", "customer-7", terms, "USD", Now);
        Assert.Equal((201, "USD", null, null), ((int)report.Sum, report.Currency, report.Asset, report.Terms));
        Assert.Empty(PatternRule.Evaluate(terms with { MaxValue = 250 }, history, Now));
    }

    [Fact]
    public void Evaluate_WhatBeganBeforeTheWindow_IsNotSaidAgain() => Assert.Empty(Of((-30, 150), (-25, 100)));

    [Property]
    public bool Evaluate_AnyOrderAndAnyFurtherHistory_SaysTheSame((byte Hours, byte Amount)[] payments, byte more)
    {
        var history = Payments(payments).ToList();
        var older = new PatternPayment("older", Now - PatternRule.Reach(Terms) - TimeSpan.FromHours(more), 1_000, null, "settled");
        var one = Said(history);
        return one.SequenceEqual(Said(history.AsEnumerable().Reverse())) && one.SequenceEqual(Said(history.Append(older)));
    }

    [Property]
    public bool Evaluate_LessThanTheValueInAll_IsNeverASum((byte Hours, byte Amount)[] payments)
    {
        var history = Payments(payments).ToList();
        var total = history.Aggregate(BigInteger.Zero, (sum, p) => sum + p.Amount);
        return total > Terms.MaxSum || !PatternRule.Evaluate(Terms, history, Now).Any(s => s.Kind == PatternKind.Sum);
    }

    [Property]
    public bool Evaluate_AnyPayments_SuspicionsShowWhatTheySay((byte Hours, byte Amount)[] payments) => PatternRule.Evaluate(Terms, Payments(payments), Now).All(s =>
        s.Payments.All(p => p.At > s.Trigger.At.AddDays(-1) && p.At <= s.Trigger.At)
        && (s.Kind == PatternKind.Sum
            ? s.Payments.Aggregate(BigInteger.Zero, (sum, p) => sum + p.Amount) > Terms.MaxSum
            : s.Payments.Count >= 3 && s.Payments.All(p => PatternRule.IsJustBelow(Terms, p.Amount))));

    [Fact]
    public void Report_OfTheSameSuspicionLater_HasTheSameId()
    {
        var suspicion = Of((-20, 150), (-10, 51))[0];
        var report = SuspicionReport.Of(suspicion, "exchange-a", "customer-7", Terms, Now);

        Assert.Equal(report.Id, SuspicionReport.Of(suspicion, "exchange-a", "customer-7", Terms, Now.AddHours(1)).Id);
        Assert.NotEqual(report.Id, SuspicionReport.Of(suspicion, "exchange-a", "customer-8", Terms, Now).Id);
        Assert.Equal(201, report.Sum);
    }

    private static IReadOnlyList<Suspicion> Of(params (int Hours, int Amount)[] payments) => PatternRule.Evaluate(
        Terms, payments.Select(p => new PatternPayment($"w{p.Hours}", Now.AddHours(p.Hours), p.Amount, null, "settled")), Now);

    private static IEnumerable<PatternPayment> Payments((byte Hours, byte Amount)[] payments) =>
        payments.Select((p, i) => new PatternPayment($"w{i}", Now.AddHours(-(p.Hours % 48)), p.Amount, null, "settled"));

    private static List<(PatternKind Kind, string Trigger)> Said(IEnumerable<PatternPayment> history) =>
        [.. PatternRule.Evaluate(Terms, history, Now).Select(s => (s.Kind, s.Trigger.WithdrawalId))];
}
