using System.Numerics;
using Custody.Core.Admission;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Results;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Policy;

/// <summary>Each condition by itself: what matches, what does not and says so, and what denies because its fact is not known.</summary>
public sealed class PolicyTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly PolicyRule Base = World.Governance.Rules[0] with { CustomerClasses = null };
    private static readonly BigInteger Ether = SampleGovernance.OneEther;
    private static readonly TimeWindow Always = new("Etc/UTC", "00:00", "24:00");
    private static readonly TimeWindow Never = new("Etc/UTC", "00:00", "24:00", [DayOfWeek.Monday]);
    private static readonly DestinationHistory New = new(false, 0);
    private static readonly DestinationHistory Paid = new(true, 0);

    // The world's withdrawal is 2 ether, worth 5,000.00, of a retail customer of exchange-a, on a Saturday.
    private static readonly Dictionary<string, (PolicyRule Rule, string? Why)> Conditions = new(StringComparer.Ordinal)
    {
        ["no condition"] = (Base, null),
        ["the client"] = (Base with { Clients = ["exchange-a"] }, null),
        ["another client"] = (Base with { Clients = ["exchange-b"] }, "the client is exchange-a"),
        ["the class"] = (Base with { CustomerClasses = [CustomerClass.Retail] }, null),
        ["another class"] = (Base with { CustomerClasses = [CustomerClass.Professional] }, "the customer is retail"),
        ["from the amount"] = (Base with { MinAmount = 2 * Ether }, null),
        ["from above the amount"] = (Base with { MinAmount = (2 * Ether) + 1 }, "begins at"),
        ["external destinations"] = (Base with { Destinations = [DestinationKind.WhitelistedExternal] }, null),
        ["open hours"] = (Base with { Times = [Never, Always] }, null),
        ["closed hours"] = (Base with { Times = [Never] }, "hours are"),
        ["first use"] = (Base with { FirstUse = true }, null),
        ["not the first use"] = (Base with { FirstUse = false }, "this one was not"),
        ["the value"] = (Base with { Value = new ValueRange(500_000, null) }, null),
        ["below the value"] = (Base with { Value = new ValueRange(null, 500_000) }, "worth 500000"),
        ["above the value"] = (Base with { Value = new ValueRange(500_001, 900_000) }, "and below 900000"),
    };

    private static readonly Dictionary<string, (RefusalCode Code, PolicyRule Rule, PolicyFacts Facts)> Unknowns = new(StringComparer.Ordinal)
    {
        ["destination"] = (RefusalCode.PolicyFactMissing, Base with { Destinations = [DestinationKind.WhitelistedExternal] }, Facts with { Destination = DestinationKind.Unknown }),
        ["time"] = (RefusalCode.PolicyFactMissing, Base with { Times = [Never] }, Facts with { At = null }),
        ["first use"] = (RefusalCode.FirstUseUnknown, Base with { FirstUse = false }, Facts with { History = null }),
        ["first use, for its cap"] = (RefusalCode.FirstUseUnknown, Base with { FirstUseMaxAmount = Ether }, Facts with { History = null }),
        ["price"] = (RefusalCode.PriceMissing, Base with { Value = new ValueRange(500_001, null) }, Facts with { Price = default }),
        ["price that is stale"] = (RefusalCode.PriceStale, Base with { Value = new ValueRange(500_001, null) }, Facts with { Price = new PriceReading(Verdict.Refused(RefusalCode.PriceStale, "old"), null) }),
        ["price that is absurd"] = (RefusalCode.PriceAbsurd, Base with { Value = new ValueRange(500_001, null) }, Facts with { Price = new PriceReading(Verdict.Refused(RefusalCode.PriceAbsurd, "far"), null) }),
        ["price, for retail"] = (RefusalCode.PriceMissing, Base, Facts with { Price = default }),
    };

    public static TheoryData<string> ConditionNames => [.. Conditions.Keys];

    public static TheoryData<string> UnknownNames => [.. Unknowns.Keys];

    private static PolicyFacts Facts => new(World.IntentAt, DestinationKind.WhitelistedExternal, New, new PriceReading(Verdict.Allowed, World.Prices[0]));

    [Theory]
    [MemberData(nameof(ConditionNames))]
    public void Explain_OneCondition_MatchesOrSaysWhyNot(string name)
    {
        var (rule, why) = Conditions[name];

        var explained = Explain(Facts, rule);

        var one = Assert.Single(explained.Rules);
        Assert.Equal((rule.Id, why is null), (one.RuleId, one.Matches));
        Assert.Equal(why is null ? RefusalCode.Unspecified : RefusalCode.PolicyNoMatch, explained.Decision.Verdict.Code);
        Assert.Equal(why is null, explained.Decision.Verdict.IsAllowed);
        if (why is not null)
        {
            Assert.Contains(why, one.Why, StringComparison.Ordinal);
        }
    }

    // The laxer rule that follows must not be reached by withholding a fact.
    [Theory]
    [MemberData(nameof(UnknownNames))]
    public void Evaluate_FactNotKnown_DeniesAndDoesNotPassOn(string name)
    {
        var (code, rule, facts) = Unknowns[name];

        var explained = Explain(facts, rule, Base with { Id = "lax" });

        Assert.Equal((false, code), (explained.Decision.Verdict.IsAllowed, explained.Decision.Verdict.Code));
        Assert.Null(explained.Decision.Rule);
        Assert.Null(explained.Decision.Fee);
    }

    [Fact]
    public void Evaluate_FactNotKnownWhereNoRuleAsks_IsNotAsked() => Assert.Equal(
        "standard", Evaluate(CustomerClass.Professional, PolicyFacts.None, Base with { Id = "standard" }).Rule!.Id);

    [Fact]
    public void Explain_SeveralRules_TellsOfEachInOrder()
    {
        var explained = Explain(Facts, Base with { Id = "a", Clients = ["exchange-b"] }, Base with { Id = "b" }, Base with { Id = "c" });

        Assert.Equal([("a", false), ("b", true), ("c", true)], explained.Rules.Select(r => (r.RuleId, r.Matches)));
        Assert.Equal("b", explained.Decision.Rule!.Id);
        Assert.Equal(500_000, explained.Decision.Value);
    }

    [Theory]
    [InlineData(false, 0, 1, true)]
    [InlineData(false, 0, 2, true)]
    [InlineData(false, 1, 1, true)]
    [InlineData(false, 1, 2, false)]
    [InlineData(false, 0, 3, false)]
    [InlineData(true, 9, 3, true)]
    public void Evaluate_FirstUse_IsCappedWithWhatWasSignedSince(bool before, int since, int amount, bool allowed)
    {
        var world = World with { Request = World.Request with { Amount = amount * Ether }, Governance = Ruled(Base with { FirstUseMaxAmount = 2 * Ether }) };
        var decision = PolicyEvaluator.Evaluate(world.Request, CustomerClass.Professional, world.Governed, Facts with { History = new DestinationHistory(before, since * Ether) });

        Assert.Equal((allowed, allowed ? RefusalCode.Unspecified : RefusalCode.FirstUseAboveCap), (decision.Verdict.IsAllowed, decision.Verdict.Code));
    }

    [Fact]
    public void Evaluate_FirstUseUncapped_IsAllowed() => Assert.True(Evaluate(CustomerClass.Professional, Facts with { History = Paid }, Base with { FirstUseMaxAmount = 1 }).Verdict.IsAllowed);

    [Fact]
    public void Evaluate_RetailWithoutTerms_IsRefused() => Assert.Equal(RefusalCode.RetailTermsMissing, Retail(d => d with { Retail = null }).Code);

    [Fact]
    public void Evaluate_RetailAssetNotNamed_IsRefused() => Assert.Equal(RefusalCode.RetailAssetForbidden, Retail(d => d with { Retail = d.Retail! with { Assets = [] } }).Code);

    [Fact]
    public void Evaluate_RetailAboveADaysValue_IsRefused()
    {
        Assert.Equal(RefusalCode.VelocityExceeded, Retail(d => d with { Retail = d.Retail! with { MaxDailyValue = 499_999 } }).Code);
        Assert.True(Retail(d => d with { Retail = d.Retail! with { MaxDailyValue = 500_000 } }).IsAllowed);
    }

    [Theory]
    [InlineData(500_000, true)]
    [InlineData(499_999, false)]
    public void Evaluate_PlatformLimitedInValue_OneWithdrawalStaysWithinIt(int most, bool allowed)
    {
        var verdict = Platform(most, Facts).Verdict;

        Assert.Equal((allowed, allowed ? RefusalCode.Unspecified : RefusalCode.VelocityExceeded), (verdict.IsAllowed, verdict.Code));
    }

    [Fact]
    public void Evaluate_PlatformLimitedInValue_WithoutAPriceNothingPasses()
    {
        Assert.Equal(RefusalCode.PriceMissing, Platform(500_000, Facts with { Price = default }).Verdict.Code);
        Assert.Equal(RefusalCode.PriceStale, Platform(500_000, Facts with { Price = new PriceReading(Verdict.Refused(RefusalCode.PriceStale, "old"), null) }).Verdict.Code);
    }

    [Fact]
    public void PolicyNeeds_PlatformLimitedInValueUnderAnyVersion_AsksForPrices()
    {
        var limited = World with { Governance = Ruled(Base) with { PlatformValue = new PlatformValueTerms(60, 1) } };
        var professional = Signing.Document(Core.Signatures.DocumentType.Customer, World.Customer with { Class = CustomerClass.Professional }, CustodyWorld.Start, People.Exchange);

        Assert.False(PolicyNeeds.Prices(World.Governed, SampleGovernance.Ether, professional));
        Assert.True(PolicyNeeds.Prices(limited.Governed, SampleGovernance.Ether, professional));
        Assert.Equal((false, true), (PolicyNeeds.PlatformValue(World.Governed), PolicyNeeds.PlatformValue(limited.Governed)));
    }

    [Fact]
    public void Evaluate_CustomerOfNoClass_IsTreatedAsRetail() => Assert.Equal(
        RefusalCode.RetailTermsMissing,
        PolicyEvaluator.Evaluate(World.Request, CustomerClass.Unknown, (World with { Governance = Ruled(Base) with { Retail = null } }).Governed, Facts).Verdict.Code);

    // Whatever the caller says of the destination, a rule for whitelisted ones is for no other.
    [Fact]
    public void Explain_OwnVaultBesideARuleForOthers_DoesNotMatch()
    {
        var explained = Explain(Facts with { Destination = DestinationKind.OwnVault }, Base with { Destinations = [DestinationKind.WhitelistedExternal] });

        Assert.Equal(RefusalCode.PolicyNoMatch, explained.Decision.Verdict.Code);
        Assert.Contains("this one is ownvault", Assert.Single(explained.Rules).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void DestinationKinds_OwnAndOthers_AreToldApart()
    {
        Assert.Equal(DestinationKind.OwnVault, DestinationKinds.Of(SampleGovernance.Chain, People.WarmKey.Address.ToString(), World.Governed));
        Assert.Equal(DestinationKind.WhitelistedExternal, DestinationKinds.Of(SampleGovernance.Chain, CustodyWorld.Destination, World.Governed));
        Assert.Equal(DestinationKind.Unknown, DestinationKinds.Of(SampleGovernance.Chain, "somewhere", World.Governed));
    }

    [Fact]
    public void DestinationHistory_CountsOthersOfThisEntry_BeforeAndSince()
    {
        var at = World.IntentAt;
        SigningView View(params SigningEntry[] lines) => lines.Aggregate(SigningView.Empty, (view, line) => view.With(line));

        DestinationHistory? Of(params SigningView[]? views) => DestinationHistory.Of(views, new EntryUse(SampleGovernance.Ether, "entry-1", CustodyWorld.Destination, "w-own", at));

        Assert.Null(Of(null));
        Assert.Equal(New, Of(View()));
        Assert.Equal(New, Of(View(CustodyWorld.Paid("w-own", 5, at.AddDays(-1)))));
        Assert.Equal(New, Of(View(CustodyWorld.Paid("w1", 5, at.AddDays(-1), People.WarmKey.Address.ToString()))));
        Assert.Equal(New, Of(View(CustodyWorld.Paid("w1", 5, at.AddDays(-1)) with { Kind = IntentKind.GapFill })));
        // Somebody else's entry at the address is none of this one's; a line that names none fills the cap and ends nothing.
        Assert.Equal(New, Of(View(CustodyWorld.Paid("w1", 5, at.AddDays(-1), entry: "entry-2"), CustodyWorld.Paid("w2", 5, at, entry: "entry-2"))));
        Assert.Equal(new DestinationHistory(false, 5), Of(View(CustodyWorld.Paid("w1", 5, at.AddDays(-1), entry: null), CustodyWorld.Paid("w2", 5, at, entry: null))));
        Assert.Equal(Paid, Of(View(), View(CustodyWorld.Paid("w1", 5, at.AddSeconds(-1)))));
        Assert.Equal(new DestinationHistory(false, 7), Of(View(CustodyWorld.Paid("w1", 5, at), CustodyWorld.Paid("w1", 5, at.AddMinutes(1))), View(CustodyWorld.Paid("w2", 2, at))));
    }

    [Fact]
    public void AdmissionRule_FactsOfTheJournalsAndPrices_ReachPolicy()
    {
        var world = World with { Governance = Ruled(Base with { Id = "first", FirstUse = true }, Base with { Id = "later", Value = new ValueRange(500_000, null) }) };

        Assert.Equal("first", AdmissionRule.Evaluate(world.AdmissionFacts).Admitted!.Rule.Id);
        var later = AdmissionRule.Evaluate((world with { SignedBefore = [CustodyWorld.Paid("w1", 1, World.IntentAt.AddDays(-1))] }).AdmissionFacts).Admitted!;
        Assert.Equal(("later", (BigInteger?)500_000), (later.Rule.Id, later.Value));
        Assert.Equal(RefusalCode.FirstUseUnknown, AdmissionRule.Evaluate(world.AdmissionFacts with { Signings = null }).Verdict.Code);
        Assert.Equal(RefusalCode.PriceMissing, AdmissionRule.Evaluate(world.AdmissionFacts with { Prices = null }).Verdict.Code);
    }

    // Whatever facts are withheld, the outcome is what the facts give, or a refusal: never another rule.
    [Property(MaxTest = 200)]
    public bool Evaluate_AnyFactsWithheld_NeverGivesAnotherRule(bool time, bool history, bool price, bool destination, PositiveInt amount, bool paid)
    {
        var rules = new[]
        {
            Base with { Id = "night", Times = [Never] }, Base with { Id = "large", Value = new ValueRange(1_000_000, null) }, Base with { Id = "new", FirstUse = true },
            Base with { Id = "others", Destinations = [DestinationKind.WhitelistedExternal] }, Base with { Id = "rest" },
        };
        var world = World with { Governance = Ruled(rules), Request = World.Request with { Amount = (amount.Get % 10 + 1) * Ether } };
        var all = Facts with { History = paid ? Paid : New };
        var some = new PolicyFacts(time ? all.At : null, destination ? all.Destination : DestinationKind.Unknown, history ? all.History : null, price ? all.Price : default);
        var full = PolicyEvaluator.Evaluate(world.Request, CustomerClass.Professional, Governed(world), all);
        var partial = PolicyEvaluator.Evaluate(world.Request, CustomerClass.Professional, Governed(world), some);
        return !partial.Verdict.IsAllowed || (full.Verdict.IsAllowed && partial.Rule!.Id == full.Rule!.Id);
    }

    private static Governed Governed(CustodyWorld world) => world.Governed;

    private static PolicyDecision Platform(int most, PolicyFacts facts) => PolicyEvaluator.Evaluate(
        World.Request, CustomerClass.Professional, (World with { Governance = Ruled(Base) with { PlatformValue = new PlatformValueTerms(86_400, most) } }).Governed, facts);

    private static Verdict Retail(Func<GovernanceDocument, GovernanceDocument> edit) =>
        PolicyEvaluator.Evaluate(World.Request, CustomerClass.Retail, (World with { Governance = edit(Ruled(Base)) }).Governed, Facts).Verdict;

    private static PolicyDecision Evaluate(CustomerClass customerClass, PolicyFacts facts, params PolicyRule[] rules) =>
        PolicyEvaluator.Evaluate(World.Request, customerClass, (World with { Governance = Ruled(rules) }).Governed, facts);

    private static PolicyExplanation Explain(PolicyFacts facts, params PolicyRule[] rules) =>
        PolicyEvaluator.Explain(World.Request, CustomerClass.Retail, (World with { Governance = Ruled(rules) }).Governed, facts);

    private static GovernanceDocument Ruled(params PolicyRule[] rules) => World.Governance with { Rules = rules };
}
