using System.Numerics;
using Custody.Core.Customers;
using Custody.Core.Gate;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>What policy asked when the intent was made is asked again at the moment of signing, of the journals, signed prices and both clocks.</summary>
public sealed class PolicyAtTheGateTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly PolicyRule Base = World.Governance.Rules[0];

    // The world's Saturday: the intent is of 11:20 and the gate is asked at 12:00, 19:20 and 20:00 in Hong Kong.
    private static readonly TimeWindow UntilEight = new("Asia/Hong_Kong", "09:00", "20:00");
    private static readonly TimeWindow UntilNine = new("Asia/Hong_Kong", "09:00", "21:00");

    [Fact]
    public async Task SignAsync_InsideTheRulesHours_Signs() => await new GateBench(Ruled(Base with { Times = [UntilNine] })).SignedAsync();

    [Fact]
    public async Task SignAsync_HoursOverSinceTheIntentWasMade_WaitsForTheNextOpening()
    {
        var bench = new GateBench(Ruled(Base with { Times = [UntilEight] }));

        var outcome = Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync());

        Assert.Equal(new DateTimeOffset(2026, 2, 1, 1, 0, 0, TimeSpan.Zero), outcome.Until);
        Assert.Equal(0, bench.Hot.Asked);
    }

    [Fact]
    public async Task SignAsync_HoursOverByTheChainsClock_Waits()
    {
        var bench = new GateBench(Ruled(Base with { Times = [UntilNine] })) { ChainTime = CustodyWorld.Start.AddHours(-12) };

        Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync());
    }

    [Fact]
    public async Task SignAsync_FirstUseStill_Signs() => await new GateBench(Ruled(Base with { FirstUse = true, FirstUseMaxAmount = World.Request.Amount })).SignedAsync();

    // Two were asked for at once, each within the cap. The first that is signed uses it up.
    [Fact]
    public async Task SignAsync_TwoFirstUsesAtOnce_OnlyOneWithinTheCapIsSigned()
    {
        var bench = new GateBench(Ruled(Base with { FirstUseMaxAmount = World.Request.Amount }));
        var second = bench.PutOther("request-2", nonce: 8).WithdrawalId;
        await bench.SignedAsync();

        await bench.RefusedUnaskedAsync(RefusalCode.FirstUseAboveCap, second);
    }

    [Fact]
    public async Task SignAsync_TwoFirstUsesSideBySide_NeverBothAreSigned()
    {
        for (var round = 0; round < 10; round++)
        {
            var bench = new GateBench(Ruled(Base with { FirstUseMaxAmount = World.Request.Amount }));
            var second = bench.PutOther("request-2", nonce: 8).WithdrawalId;

            var outcomes = await Task.WhenAll(Task.Run(() => bench.SignAsync()), Task.Run(() => bench.SignAsync(second)));

            Assert.InRange(outcomes.OfType<GateOutcome.Signed>().Count(), 0, 1);
        }
    }

    [Fact]
    public async Task SignAsync_DestinationPaidBeforeTheIntent_TheRuleForFirstUsesNoLongerMatches()
    {
        var bench = new GateBench(Ruled(Base with { FirstUse = true }, Base with { Id = "later" }));
        bench.Signings.Add("warm-1", Paid("w-other", 1), World.IntentAt.AddHours(-1));

        await bench.RefusedUnaskedAsync(RefusalCode.PolicyMoved);
    }

    // A wei to the address for somebody else, or of a time when lines named no entry, is not this entry's first use.
    [Theory]
    [InlineData("entry-of-another")]
    [InlineData(null)]
    public async Task SignAsync_AddressPaidBeforeForAnotherEntry_IsAFirstUseStill(string? entry)
    {
        var bench = new GateBench(Ruled(Base with { FirstUse = true, FirstUseMaxAmount = World.Request.Amount }));
        bench.Signings.Add("warm-1", Paid("w-other", 1) with { Entry = entry }, World.IntentAt.AddHours(-1));

        await bench.SignedAsync();

        Assert.Equal("entry-1", Assert.Single(bench.Signings.Of("hot-1")).Entry);
        await bench.RefusedUnaskedAsync(RefusalCode.FirstUseAboveCap, bench.PutOther("request-2", nonce: 8, amount: SampleGovernance.OneEther).WithdrawalId);
    }

    [Fact]
    public async Task SignAsync_PriceMovedIntoAnotherRule_IsRefusedAndIsNoTampering()
    {
        var bench = new GateBench(Ruled(Base with { Value = new ValueRange(null, 510_000) }, Base with { Id = "large" }));
        bench.Prices.Stored.InsertRange(0, Documents(CustodyWorld.Price(2_600_00, CustodyWorld.Start.AddSeconds(-5))));

        await bench.RefusedUnaskedAsync(RefusalCode.PolicyMoved);
    }

    [Fact]
    public async Task SignAsync_PriceMovedWithinTheRule_Signs()
    {
        var bench = new GateBench(Ruled(Base with { Value = new ValueRange(null, 530_000) }, Base with { Id = "large" }));
        bench.Prices.Stored.InsertRange(0, Documents(CustodyWorld.Price(2_600_00, CustodyWorld.Start.AddSeconds(-5))));

        await bench.SignedAsync();
    }

    [Theory]
    [InlineData("none", RefusalCode.PriceMissing)]
    [InlineData("stale", RefusalCode.PriceStale)]
    [InlineData("absurd", RefusalCode.PriceAbsurd)]
    [InlineData("unsigned", RefusalCode.PriceMissing)]
    public async Task SignAsync_PriceNotToBeUsed_WaitsAndVaultIsNotAsked(string what, RefusalCode code)
    {
        var bench = new GateBench();
        bench.Prices.Stored.Clear();
        bench.Prices.Stored.AddRange(what switch
        {
            "stale" => Documents(CustodyWorld.Price(2_500_00, CustodyWorld.Start.AddHours(-5))),
            "absurd" => Documents(CustodyWorld.Price(2_500_00, CustodyWorld.Start.AddMinutes(-1)), CustodyWorld.Price(1_250_00, CustodyWorld.Start.AddMinutes(-2))),
            "unsigned" => [Signing.Document(DocumentType.Price, World.Prices[0], CustodyWorld.Start)],
            _ => [],
        });

        Assert.Equal(code, Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync()).Code);
        Assert.Equal(0, bench.Hot.Asked);
    }

    [Fact]
    public async Task SignAsync_IntentFromTheFuture_IsRefused()
    {
        var bench = new GateBench(Ruled(Automatic) with { Approving = [], IntentAt = CustodyWorld.Start.AddMinutes(2) });
        bench.Stops.Add(bench.World.QuorumReached, CustodyWorld.Start.AddMinutes(-20));

        await bench.RefusedUnaskedAsync(RefusalCode.StatementExpired);
    }

    [Fact]
    public async Task SignAsync_AutomaticApproval_SignsWithoutVotesAndSaysSoInTheJournal()
    {
        var bench = Automatically("request-1");

        await bench.SignedAsync();

        Assert.True(Assert.Single(bench.Signings.Of("hot-1")).Automatic);
    }

    [Fact]
    public async Task SignAsync_AutomaticApproval_HasALowerWindowOfItsOwn()
    {
        var bench = Automatically("request-1");
        await bench.SignedAsync();
        var second = bench.PutOther("request-2", nonce: 8).WithdrawalId;

        await bench.RefusedUnaskedAsync(RefusalCode.VelocityExceeded, second);
    }

    [Fact]
    public async Task SignAsync_WhatPeopleApproved_DoesNotFillTheAutomaticWindow()
    {
        var bench = Automatically("request-1");
        bench.Signings.Add("warm-1", Paid("w-other", 3 * SampleGovernance.OneEther), CustodyWorld.Start.AddMinutes(-5));

        await bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_AutomaticApprovalAndARejection_IsRefused()
    {
        var bench = Automatically("request-1");
        bench.Withdrawals.Stored[bench.Id] = bench.Case with
        {
            Documents = bench.Case.Documents.Values
                .Append(new CaseDocument(CaseDocuments.Vote(1, "ann"), System.Text.Encoding.ASCII.GetBytes(bench.World.Vote("ann", Core.Approvals.ApprovalDecision.Reject))))
                .ToDictionary(d => d.Name),
        };

        await bench.RefusedUnaskedAsync(RefusalCode.RejectedByApprover);
    }

    [Fact]
    public async Task SignAsync_GroupsNotFilled_IsRefused() =>
        await new GateBench(Ruled(Base with { Approvals = new Quorum(2, 1, null, [new ApprovalGroup("treasury", 1, 1), new ApprovalGroup("risk", 1, 1)]) }))
            .RefusedUnaskedAsync(RefusalCode.QuorumMissing);

    private static PolicyRule Automatic => Base with { CustomerClasses = [CustomerClass.Retail], Approvals = new Quorum(0, 0, null, Automatic: true) };

    private static GateBench Automatically(string requestId)
    {
        var bench = new GateBench(Ruled(Automatic) with { Approving = [], Request = World.Request with { RequestId = requestId } });
        bench.RecordQuorum(bench.World);
        return bench;
    }

    private static SigningFact Paid(string withdrawalId, BigInteger amount) => new(
        withdrawalId, 1, IntentKind.Withdrawal, "", [], "", SampleGovernance.Ether, CustodyWorld.Destination, amount, Entry: World.Request.WhitelistEntryId);

    private static IEnumerable<SignedDocument> Documents(params Core.Prices.PriceEntry[] prices) => (World with { Prices = prices }).PriceDocuments;

    private static CustodyWorld Ruled(params PolicyRule[] rules) => World with
    {
        Governance = World.Governance with { Rules = rules, Limits = [.. World.Governance.Limits, SampleGovernance.Limit(LimitScope.Automatic, 3)] },
    };
}
