using Custody.Chains.Evm;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>A client's cancel of a signed payment is a transfer of nothing at its nonce, once its own quorum approved it; nothing that pays follows it.</summary>
public sealed class CancelTests
{
    [Fact]
    public async Task SignAsync_AnApprovedCancel_TakesThePaymentsNonceAtOnce()
    {
        var bench = await CancelledAsync();

        await bench.Gate.SignedAsync();

        var lines = bench.Gate.Signings.Of("hot-1");
        Assert.Equal((IntentKind.Cancel, People.HotKey.Address.ToString(), 0), (lines[1].Kind, lines[1].Destination, (int)lines[1].Amount));
        Assert.Equal(lines[0].Slots, lines[1].Slots);
    }

    // The payment may be mined all the same: its windows go on counting it.
    [Fact]
    public async Task SignAsync_ASignedCancel_LeavesThePaymentInTheWindows()
    {
        var bench = await CancelledAsync();
        await bench.Gate.SignedAsync();

        var view = (await bench.Gate.Signings.ReadAsync("hot-1", TestContext.Current.CancellationToken)).View;
        Assert.Equal(bench.Payment.Amount, view.Spent(bench.Payment.Asset, DateTimeOffset.MinValue, except: ""));
    }

    [Theory]
    [InlineData("platform")]
    [InlineData("vault/hot-1")]
    [InlineData("client/exchange-a")]
    public async Task SignAsync_Frozen_SignsAllTheSame(string scope)
    {
        var bench = await CancelledAsync();
        bench.Gate.Stops.Add(new StopFact(StopKind.Frozen, scope, "incident"));

        await bench.Gate.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_TheEntryEndedSince_SignsAllTheSame()
    {
        var bench = await CancelledAsync();
        bench.Gate.Stops.Add(new StopFact(StopKind.EntryTombstoned, "entry-1", "gone"));

        await bench.Gate.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_NobodyApproved_Refuses()
    {
        var bench = await CancelledAsync(vote: false);

        await bench.RefusedAsync(RefusalCode.QuorumMissing);
    }

    [Fact]
    public async Task SignAsync_Rejected_Refuses()
    {
        var bench = await AmendmentBench.SignedAsync();
        var cancel = bench.Cancel(1);
        bench.Vote(1, cancel);
        bench.Vote(1, cancel, "bob", ApprovalDecision.Reject);
        bench.Build(1, bench.PaysNobody(4));

        await bench.RefusedAsync(RefusalCode.AmendmentRejected);
    }

    [Theory]
    [InlineData("somebody", RefusalCode.TransactionMismatch)]
    [InlineData("something", RefusalCode.TransactionMismatch)]
    [InlineData("the customer", RefusalCode.TransactionMismatch)]
    [InlineData("another nonce", RefusalCode.LineageBroken)]
    public async Task SignAsync_BytesThatAreNotTheCancel_Refuses(string what, RefusalCode code)
    {
        var bench = await AmendmentBench.SignedAsync();
        bench.Vote(1, bench.Cancel(1));
        var nothing = bench.PaysNobody(4);
        bench.Build(1, what switch
        {
            "somebody" => nothing with { To = EvmAddress.Parse("0x00000000000000000000000000000000000000aa") },
            "something" => nothing with { Value = 1 },
            "the customer" => bench.Pays(4),
            _ => nothing with { Nonce = 8 },
        });

        await bench.RefusedAsync(code);
    }

    [Theory]
    [InlineData("destination")]
    [InlineData("amount")]
    [InlineData("parent")]
    [InlineData("initiator")]
    public async Task SignAsync_TheStoredCancelIsEdited_IsTampering(string what)
    {
        var bench = await AmendmentBench.SignedAsync();
        var edited = bench.Cancel(1, cancel => what switch
        {
            "destination" => cancel with { Destination = "0x00000000000000000000000000000000000000AA" },
            "amount" => cancel with { Amount = 1 },
            "parent" => cancel with { ParentDigest = new string('0', 64) },
            _ => cancel with { InitiatorKeyId = "other-exchange-key-1" },
        });
        bench.Vote(1, edited);
        bench.Build(1, bench.PaysNobody(4));

        await bench.RefusedAsync(RefusalCode.IntentTampered);
    }

    [Fact]
    public async Task SignAsync_AnotherClientsCancellation_Refuses()
    {
        var bench = await AmendmentBench.SignedAsync();
        bench.Vote(1, bench.Cancel(1, by: People.OtherExchange, client: "exchange-b"));
        bench.Build(1, bench.PaysNobody(4));

        await bench.RefusedAsync(RefusalCode.FieldInvalid);
    }

    [Fact]
    public async Task SignAsync_AStrangersCancellation_Refuses()
    {
        var bench = await AmendmentBench.SignedAsync();
        bench.Vote(1, bench.Cancel(1, by: People.Stranger));
        bench.Build(1, bench.PaysNobody(4));

        await bench.RefusedAsync(RefusalCode.SignatureKeyUnknown);
    }

    [Fact]
    public async Task SignAsync_WithoutTerms_Refuses()
    {
        var bench = await CancelledAsync(AmendmentBench.World(rule: r => r with { Cancel = null }));

        await bench.RefusedAsync(RefusalCode.AmendmentNotGoverned);
    }

    [Fact]
    public async Task SignAsync_AboveTheGovernedCaps_Refuses()
    {
        var bench = await AmendmentBench.SignedAsync();
        bench.Vote(1, bench.Cancel(1, fee: new FeeEnvelope(SampleGovernance.OneEther, AmendmentBench.Gwei)));
        bench.Build(1, bench.PaysNobody(4));

        await bench.RefusedAsync(RefusalCode.AmendmentFeeAboveTerms);
    }

    [Fact]
    public async Task SignAsync_NotRaisedByATenth_SlotTaken()
    {
        var bench = await AmendmentBench.SignedAsync();
        bench.Vote(1, bench.Cancel(1));
        bench.Build(1, bench.PaysNobody(2, 1));

        await bench.RefusedAsync(RefusalCode.SlotTaken);
    }

    [Fact]
    public async Task SignAsync_AfterItsDeadline_Refuses()
    {
        var bench = await CancelledAsync();
        bench.Wait(TimeSpan.FromHours(1));

        await bench.RefusedAsync(RefusalCode.StatementExpired);
    }

    // Whichever of the two is mined: nothing that pays may take the cancel's place.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignAsync_AfterTheCancelThePaymentOutbidsIt_SlotTaken(bool asBump)
    {
        var bench = await CancelledAsync();
        await bench.Gate.SignedAsync();
        bench.Wait(AmendmentBench.After);
        if (asBump)
        {
            bench.Vote(2, bench.Bump(2));
        }

        bench.Build(asBump ? 2 : null, bench.Pays(asBump ? 400 : 50, 9));

        await bench.RefusedAsync(RefusalCode.SlotTaken, already: 2);
    }

    [Fact]
    public async Task SignAsync_TheCancelOutbidsItselfAfterItsTime()
    {
        var bench = await CancelledAsync();
        await bench.Gate.SignedAsync();
        bench.Build(1, bench.PaysNobody(50, 9));
        await bench.RefusedAsync(RefusalCode.ReplacementTooEarly, already: 2);

        bench.Wait(AmendmentBench.After);
        await bench.Gate.SignedAsync();
        Assert.Equal(3, bench.Gate.Signings.Of("hot-1").Count);
    }

    [Fact]
    public async Task SignAsync_AfterABump_CancelsThatToo()
    {
        var bench = await AmendmentBench.SignedAsync();
        bench.Wait(AmendmentBench.After);
        bench.Vote(1, bench.Bump(1));
        bench.Build(1, bench.Pays(300));
        await bench.Gate.SignedAsync();
        bench.Vote(2, bench.Cancel(2));
        bench.Build(2, bench.PaysNobody(400, 4));

        await bench.Gate.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_NothingWasSignedBefore_Refuses()
    {
        var bench = new AmendmentBench(AmendmentBench.World());
        bench.Vote(1, bench.Cancel(1));
        bench.Build(1, bench.PaysNobody(4));

        await bench.Gate.RefusedUnaskedAsync(RefusalCode.IntentTampered);
    }

    [Fact]
    public async Task SignAsync_TheAttemptIsBurnt_Refuses()
    {
        var bench = await CancelledAsync();
        bench.Gate.Stops.Add(new StopFact(StopKind.AttemptBurnt, bench.Gate.Id, "a new attempt", 1));

        await bench.RefusedAsync(RefusalCode.Stopped);
    }

    private static async Task<AmendmentBench> CancelledAsync(CustodyWorld? world = null, bool vote = true)
    {
        var bench = await AmendmentBench.SignedAsync(world);
        var cancel = bench.Cancel(1);
        if (vote)
        {
            bench.Vote(1, cancel);
        }

        bench.Build(1, bench.PaysNobody(4));
        return bench;
    }
}
