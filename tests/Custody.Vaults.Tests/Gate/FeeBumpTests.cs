using Custody.Chains.Evm;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>Above its envelope a payment outbids itself only under a fee bump that an operator proposed and its own quorum approved; nothing else differs.</summary>
public sealed class FeeBumpTests
{
    [Fact]
    public async Task SignAsync_AnApprovedBump_SignsThePaymentAboveItsEnvelope()
    {
        var bench = await ApprovedAsync();

        await bench.Gate.SignedAsync();

        var lines = bench.Gate.Signings.Of("hot-1");
        Assert.Equal((IntentKind.FeeBump, bench.Payment.Destination, bench.Payment.Amount), (lines[1].Kind, lines[1].Destination, lines[1].Amount));
        Assert.Equal(lines[0].Slots, lines[1].Slots);
        Assert.NotEqual(lines[0].IntentDigest, lines[1].IntentDigest);
        var view = (await bench.Gate.Signings.ReadAsync("hot-1", TestContext.Current.CancellationToken)).View;
        Assert.Equal(bench.Payment.Amount, view.Spent(bench.Payment.Asset, DateTimeOffset.MinValue, except: ""));
    }

    [Fact]
    public async Task SignAsync_NobodyApproved_Refuses()
    {
        var bench = await BumpedAsync();

        await bench.RefusedAsync(RefusalCode.QuorumMissing);
    }

    [Theory]
    [InlineData("the payment")]
    [InlineData("another bump")]
    [InlineData("another attempt's")]
    public async Task SignAsync_VotesOverSomethingElse_Refuses(string what)
    {
        var bench = await BumpedAsync();
        bench.Vote(1, what switch
        {
            "the payment" => bench.Payment,
            "another bump" => Core.Amendments.AmendmentIntents.FeeBump(bench.Payment, AmendmentBench.Higher with { MaxRate = AmendmentBench.Higher.MaxRate + 1 }),
            _ => Core.Amendments.AmendmentIntents.FeeBump(bench.Payment with { Attempt = 2 }, AmendmentBench.Higher),
        });

        await bench.RefusedAsync(RefusalCode.QuorumMissing);
    }

    [Theory]
    [InlineData("recipient", RefusalCode.TransactionMismatch)]
    [InlineData("amount", RefusalCode.TransactionMismatch)]
    [InlineData("rate", RefusalCode.TransactionMismatch)]
    [InlineData("nonce", RefusalCode.LineageBroken)]
    public async Task SignAsync_AnotherTransaction_Refuses(string what, RefusalCode code)
    {
        var bench = await BumpedAsync(build: false);
        bench.Vote(1, bench.Bump(1));
        var pays = bench.Pays(400);
        bench.Build(1, what switch
        {
            "recipient" => pays with { To = EvmAddress.Parse("0x00000000000000000000000000000000000000aa") },
            "amount" => pays with { Value = pays.Value + 1 },
            "rate" => bench.Pays(501),
            _ => pays with { Nonce = 8 },
        });

        await bench.RefusedAsync(code);
    }

    // Whoever can write rows gets a digest that nobody signed, and an order that says something else.
    [Theory]
    [InlineData("fee")]
    [InlineData("recipient")]
    [InlineData("amount")]
    [InlineData("attempt")]
    [InlineData("parent")]
    public async Task SignAsync_TheStoredBumpIsEdited_IsTampering(string what)
    {
        var bench = await BumpedAsync(build: false);
        var edited = bench.Bump(1, stored: bump => what switch
        {
            "fee" => bump with { Fee = bump.Fee with { MaxRate = bump.Fee.MaxRate + 1 } },
            "recipient" => bump with { Destination = "0x00000000000000000000000000000000000000AA" },
            "amount" => bump with { Amount = bump.Amount + 1 },
            "attempt" => bump with { ExpiresAt = bump.ExpiresAt.AddDays(1) },
            _ => bump with { ParentDigest = new string('0', 64) },
        });
        bench.Vote(1, edited);
        bench.Build(1, bench.Pays(400));

        await bench.RefusedAsync(RefusalCode.IntentTampered);
    }

    [Fact]
    public async Task SignAsync_TheOrderIsGone_Refuses()
    {
        var bench = await ApprovedAsync();
        bench.Edit(CaseDocuments.AmendmentOrder(1, 1), _ => null);

        await bench.RefusedAsync(RefusalCode.SignatureMalformed);
    }

    [Fact]
    public async Task SignAsync_TheWholeBumpIsGone_IsTampering()
    {
        var bench = await ApprovedAsync();
        bench.Edit(CaseDocuments.AmendmentOrder(1, 1), _ => null);
        bench.Edit(CaseDocuments.AmendmentIntent(1, 1), _ => null);

        await bench.RefusedAsync(RefusalCode.IntentTampered);
    }

    [Fact]
    public async Task SignAsync_AStrangersOrder_Refuses()
    {
        var bench = await BumpedAsync(build: false);
        bench.Vote(1, bench.Bump(1, by: People.Stranger));
        bench.Build(1, bench.Pays(400));

        await bench.RefusedAsync(RefusalCode.SignatureKeyUnknown);
    }

    [Theory]
    [InlineData(1_001, 50)]
    [InlineData(500, 19)]
    public async Task SignAsync_AboveTheGovernedCaps_Refuses(long gwei, int part)
    {
        var bench = await BumpedAsync(build: false);
        bench.Vote(1, bench.Bump(1, new FeeEnvelope(SampleGovernance.OneEther / part, gwei * AmendmentBench.Gwei)));
        bench.Build(1, bench.Pays(400));

        await bench.RefusedAsync(RefusalCode.AmendmentFeeAboveTerms);
    }

    [Fact]
    public async Task SignAsync_AboveTheShareOfTheAmount_Refuses()
    {
        var bench = await BumpedAsync(AmendmentBench.World(rule: r => r with { FeeBump = AmendmentBench.Terms with { Fee = AmendmentBench.Terms.Fee with { MaxShareBasisPoints = 99 } } }), build: false);
        bench.Vote(1, bench.Bump(1));
        bench.Build(1, bench.Pays(400));

        await bench.RefusedAsync(RefusalCode.AmendmentFeeAboveTerms);
    }

    [Fact]
    public async Task SignAsync_AboveWhatTheClientsRequestAllows_Refuses()
    {
        var world = AmendmentBench.World();
        var bench = await BumpedAsync(world with { Request = world.Request with { MaxFee = SampleGovernance.OneEther / 100 } }, build: false);
        bench.Vote(1, bench.Bump(1));
        bench.Build(1, bench.Pays(400));

        await bench.RefusedAsync(RefusalCode.AmendmentFeeAboveTerms);
    }

    [Fact]
    public async Task SignAsync_WithoutTerms_Refuses()
    {
        var bench = await BumpedAsync(AmendmentBench.World(rule: r => r with { FeeBump = null }));

        await bench.RefusedAsync(RefusalCode.AmendmentNotGoverned);
    }

    [Fact]
    public async Task SignAsync_TermsTakenAwaySince_IsRefusedAsGovernance()
    {
        var bench = await ApprovedAsync();
        var next = Succession.Next(bench.Gate.World.Governance, d => d with { Rules = [d.Rules[0] with { FeeBump = null }, d.Rules[1]] });
        bench.Gate.Facts.Stored[(FactKind.Governance, FactId.Governance(next.Version, next.Digest()))] = Succession.Signed(next);
        bench.Gate.Stops.Add(Succession.Proposed(next));
        bench.Gate.Stops.Add(Succession.InForce(next));

        await bench.RefusedAsync(RefusalCode.GovernanceTightened);
    }

    [Fact]
    public async Task SignAsync_BeforeTheReplacementsTime_IsTooEarly()
    {
        var bench = await AmendmentBench.SignedAsync();
        bench.Vote(1, bench.Bump(1));
        bench.Build(1, bench.Pays(400));

        await bench.RefusedAsync(RefusalCode.ReplacementTooEarly);
    }

    [Fact]
    public async Task SignAsync_Rejected_Refuses()
    {
        var bench = await BumpedAsync(build: false);
        var bump = bench.Bump(1);
        bench.Vote(1, bump);
        bench.Vote(1, bump, "cat", ApprovalDecision.Reject);
        bench.Build(1, bench.Pays(400));

        await bench.RefusedAsync(RefusalCode.AmendmentRejected);
    }

    [Fact]
    public async Task SignAsync_TheRejectionIsInTheStopJournalAlone_Refuses()
    {
        var bench = await BumpedAsync(build: false);
        var bump = bench.Bump(1);
        bench.Vote(1, bump);
        bench.Build(1, bench.Pays(400));
        bench.Gate.Stops.Add(new StopFact(StopKind.AmendmentEnded, bench.Gate.Id, "no", 1, bump.Digest()));

        await bench.RefusedAsync(RefusalCode.AmendmentRejected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignAsync_AfterItsDeadlineByEitherClock_Refuses(bool byTheChain)
    {
        var bench = await ApprovedAsync();
        var deadline = bench.Now.AddHours(1);

        // A host whose clock is far behind the chain's signs nothing whatever its deadline.
        bench.Gate.Time.Advance(TimeSpan.FromMinutes(byTheChain ? 58 : 60));
        bench.Gate.ChainTime = byTheChain ? deadline : bench.Gate.ChainTime;

        await bench.RefusedAsync(RefusalCode.StatementExpired);
    }

    [Fact]
    public async Task SignAsync_ADeadlineLongerThanGoverned_Refuses()
    {
        var bench = await BumpedAsync(build: false);
        bench.Vote(1, bench.Bump(1, order: o => o with { ExpiresAt = o.SignedAt.AddHours(1).AddSeconds(1) }));
        bench.Build(1, bench.Pays(400));

        await bench.RefusedAsync(RefusalCode.FieldInvalid);
    }

    // The payment is signed and may be mined at any time: that its request expired has nothing left to stop.
    [Fact]
    public async Task SignAsync_TheRequestExpired_SignsAllTheSame()
    {
        var bench = await AmendmentBench.SignedAsync();
        bench.Wait(TimeSpan.FromDays(2));
        bench.Gate.Prices.Stored.Insert(0, Signing.Document(DocumentType.Price, CustodyWorld.Price(2_500_00, bench.Now.AddMinutes(-1)), bench.Now.AddMinutes(-1), People.Feed));
        bench.Vote(1, bench.Bump(1));
        bench.Build(1, bench.Pays(400));

        await bench.Gate.SignedAsync();
        Assert.Equal(2, bench.Gate.Signings.Of("hot-1").Count);
    }

    // Its line says that it was approved in time.
    [Fact]
    public async Task SignAsync_OnceSigned_OutbidsItselfWithinItsEnvelopeAfterTheDeadline()
    {
        var bench = await ApprovedAsync();
        await bench.Gate.SignedAsync();
        bench.Wait(TimeSpan.FromHours(2));
        bench.Build(1, bench.Pays(490, 4));
        await bench.Gate.SignedAsync();

        bench.Wait(AmendmentBench.After);
        bench.Build(1, bench.Pays(600, 6));
        await bench.RefusedAsync(RefusalCode.TransactionMismatch, already: 3);
    }

    [Fact]
    public async Task SignAsync_OftenerThanGoverned_SlotTaken()
    {
        var bench = await ApprovedAsync();
        await bench.Gate.SignedAsync();
        bench.Build(1, bench.Pays(440, 3));
        bench.Wait(AmendmentBench.After);
        await bench.Gate.SignedAsync();

        bench.Build(1, bench.Pays(490, 4));
        bench.Wait(AmendmentBench.After);
        await bench.RefusedAsync(RefusalCode.SlotTaken, already: 3);
    }

    [Fact]
    public async Task SignAsync_MoreBumpsThanGoverned_Refuses()
    {
        var bench = await BumpedAsync(AmendmentBench.World(rule: r => r with { FeeBump = AmendmentBench.Terms with { Most = 1 } }), build: false);
        bench.Vote(1, bench.Bump(1));
        bench.Build(1, bench.Pays(400));
        await bench.Gate.SignedAsync();
        bench.Wait(AmendmentBench.After);
        bench.Vote(2, bench.Bump(2, new FeeEnvelope(SampleGovernance.OneEther / 25, 900 * AmendmentBench.Gwei)));
        bench.Build(2, bench.Pays(800, 9));

        await bench.RefusedAsync(RefusalCode.AmendmentsExceeded, already: 2);
    }

    [Fact]
    public async Task SignAsync_TheProposersOwnVote_DoesNotCount()
    {
        var bench = await ApprovedAsync(AmendmentBench.World(d => d with { Operators = [d.Operators[0] with { Person = "ann" }, d.Operators[1]] }));

        await bench.RefusedAsync(RefusalCode.QuorumMissing);
    }

    [Fact]
    public async Task SignAsync_Frozen_Refuses()
    {
        var bench = await ApprovedAsync();
        bench.Gate.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Platform, "incident"));

        await bench.RefusedAsync(RefusalCode.Frozen);
    }

    [Fact]
    public async Task SignAsync_TheAttemptIsBurnt_Refuses()
    {
        var bench = await ApprovedAsync();
        bench.Gate.Stops.Add(new StopFact(StopKind.AttemptBurnt, bench.Gate.Id, "a new attempt", 1));

        await bench.RefusedAsync(RefusalCode.Stopped);
    }

    [Fact]
    public async Task SignAsync_TheEntryEndedSince_Refuses()
    {
        var bench = await ApprovedAsync();
        bench.Gate.Stops.Add(new StopFact(StopKind.EntryTombstoned, "entry-1", "gone"));

        var refused = Assert.IsType<Core.Gate.GateOutcome.Refused>(await bench.Gate.SignAsync());
        Assert.NotEqual(RefusalCode.Unspecified, refused.Code);
        Assert.Equal(1, bench.Gate.Hot.Asked);
    }

    [Fact]
    public async Task SignAsync_NothingWasSignedBefore_Refuses()
    {
        var bench = new AmendmentBench(AmendmentBench.World());
        bench.Vote(1, bench.Bump(1));
        bench.Build(1, bench.Pays(400));

        await bench.Gate.RefusedUnaskedAsync(RefusalCode.TransactionMismatch);
    }

    private static Task<AmendmentBench> ApprovedAsync(CustodyWorld? world = null) => BumpedAsync(world, vote: true);

    private static async Task<AmendmentBench> BumpedAsync(CustodyWorld? world = null, bool build = true, bool vote = false)
    {
        var bench = await AmendmentBench.SignedAsync(world);
        bench.Wait(AmendmentBench.After);
        if (build)
        {
            var bump = bench.Bump(1);
            bench.Build(1, bench.Pays(400));
            if (vote)
            {
                bench.Vote(1, bump);
            }
        }

        return bench;
    }
}
