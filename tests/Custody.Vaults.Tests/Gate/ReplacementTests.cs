using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Vaults;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>The same payment may outbid itself at its nonce, when and as often as governance says. Everything else at a taken slot is a second digest.</summary>
public sealed class ReplacementTests
{
    private const long Fee = 2_000_000_000;
    private const long Tip = 1_000_000_000;
    private static readonly TimeSpan After = TimeSpan.FromMinutes(10);
    private static readonly CustodyWorld World = WorldOf(new ReplacementTerms((int)After.TotalSeconds, 2));

    [Fact]
    public async Task SignAsync_ARaisedOneAfterItsTime_SignsASecondTransactionAtTheNonce()
    {
        var bench = await SignedAsync();
        var first = Assert.Single(bench.Signed.Stored.Values);
        Build(bench, 1, Transfer(bench, Fee * 11 / 10, Tip * 11 / 10));
        Wait(bench, After);

        var second = await bench.SignedAsync();

        Assert.NotEqual(first.TransactionId, second.TransactionId);
        var lines = bench.Signings.Of("hot-1");
        Assert.Equal(2, lines.Count);
        Assert.Equal(lines[0].Slots, lines[1].Slots);
        Assert.Equal((lines[0].Destination, lines[0].Amount, lines[0].IntentDigest), (lines[1].Destination, lines[1].Amount, lines[1].IntentDigest));
        Assert.Equal(second, await bench.SignedAsync());
        Assert.Equal(2, bench.Hot.Asked);
    }

    [Fact]
    public async Task SignAsync_BeforeItsTime_IsTooEarlyAndNoSecondDigest()
    {
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        Wait(bench, After - TimeSpan.FromSeconds(1));

        await RefusedAsync(bench, RefusalCode.ReplacementTooEarly);
    }

    [Fact]
    public async Task SignAsync_BeforeItsTimeByTheChainAlone_IsTooEarly()
    {
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        bench.Time.Advance(After);
        bench.ChainTime += After - TimeSpan.FromSeconds(1);

        await RefusedAsync(bench, RefusalCode.ReplacementTooEarly);
    }

    [Fact]
    public async Task SignAsync_TheTimeCountsFromTheNewestSignature()
    {
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        Wait(bench, After);
        await bench.SignedAsync();
        Build(bench, 2, Transfer(bench, Fee * 3, Tip * 3));
        Wait(bench, After - TimeSpan.FromSeconds(1));
        await RefusedAsync(bench, RefusalCode.ReplacementTooEarly, already: 2);

        Wait(bench, TimeSpan.FromSeconds(1));
        await bench.SignedAsync();
        Assert.Equal(3, bench.Signings.Of("hot-1").Count);
    }

    [Fact]
    public async Task SignAsync_OftenerThanGoverned_SlotTaken()
    {
        var bench = await SignedAsync();
        foreach (var (number, factor) in ((int, int)[])[(1, 2), (2, 3)])
        {
            Build(bench, number, Transfer(bench, Fee * factor, Tip * factor));
            Wait(bench, After);
            await bench.SignedAsync();
        }

        Build(bench, 3, Transfer(bench, Fee * 4, Tip * 4));
        Wait(bench, After);
        await RefusedAsync(bench, RefusalCode.SlotTaken, already: 3);
    }

    [Theory]
    [InlineData(Fee, Tip)]
    [InlineData(Fee * 2, Tip)]
    [InlineData(Fee, Tip * 2)]
    [InlineData((Fee * 11 / 10) - 1, Tip * 2)]
    [InlineData(Fee * 2, (Tip * 11 / 10) - 1)]
    [InlineData(Fee / 2, Tip / 2)]
    public async Task SignAsync_BothFieldsNotRaisedByATenth_SlotTaken(long fee, long tip)
    {
        var bench = await SignedAsync();
        var transfer = Transfer(bench, fee, tip);
        // The very same bytes would be the first transaction again.
        Build(bench, 1, (fee, tip) == (Fee, Tip) ? transfer with { MaxPriorityFeePerGas = tip - 1 } : transfer);
        Wait(bench, After);

        await RefusedAsync(bench, RefusalCode.SlotTaken);
    }

    [Fact]
    public async Task SignAsync_AboveTheEnvelope_IsNoIntent()
    {
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, (long)bench.World.Intent.Fee.MaxRate + 1, Tip * 2));
        Wait(bench, After);

        await RefusedAsync(bench, RefusalCode.TransactionMismatch);
    }

    [Theory]
    [InlineData("recipient")]
    [InlineData("amount")]
    [InlineData("chain")]
    public async Task SignAsync_AnotherPayment_IsNoIntent(string what)
    {
        var bench = await SignedAsync();
        var raised = Transfer(bench, Fee * 2, Tip * 2);
        Build(bench, 1, what switch
        {
            "recipient" => raised with { To = EvmAddress.Parse("0x00000000000000000000000000000000000000aa") },
            "amount" => raised with { Value = raised.Value + 1 },
            _ => raised with { ChainId = 1 },
        });
        Wait(bench, After);

        await RefusedAsync(bench, RefusalCode.TransactionMismatch);
    }

    [Fact]
    public async Task SignAsync_AnotherNonce_LineageBroken()
    {
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2) with { Nonce = 8 });
        Wait(bench, After);

        await RefusedAsync(bench, RefusalCode.LineageBroken);
    }

    // Built while governance still allowed it: that is nobody's second digest, and freezes nothing.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignAsync_GovernanceAllowsFewerSince_IsRefusedAsGovernance(bool none)
    {
        var next = Succession.Next(World.Governance, d => d with { Chains = [d.Chains[0] with { Replacement = none ? null : d.Chains[0].Replacement! with { Most = 1 } }] });
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        Wait(bench, After);
        await bench.SignedAsync();
        Build(bench, 2, Transfer(bench, Fee * 3, Tip * 3));
        Wait(bench, After);
        bench.Facts.Stored[(FactKind.Governance, FactId.Governance(next.Version, next.Digest()))] = Succession.Signed(next);
        bench.Stops.Add(Succession.Proposed(next));
        bench.Stops.Add(Succession.InForce(next));

        await RefusedAsync(bench, RefusalCode.GovernanceTightened, already: 2);
    }

    // A run that was slow between reading the file and the journal asks for what was outbid meanwhile.
    [Fact]
    public async Task SignAsync_WhatWasOutbidIsAskedForAgain_GivesItsStoredSignature()
    {
        var bench = await SignedAsync();
        var first = await bench.SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        Wait(bench, After);
        await bench.SignedAsync();
        bench.EditDocument(CaseDocuments.Unsigned(1, 1), _ => null);

        Assert.Equal(first, await bench.SignAsync());
        Assert.Equal(2, bench.Hot.Asked);
    }

    [Fact]
    public async Task SignAsync_WithoutGovernedTerms_SlotTaken()
    {
        var bench = await SignedAsync(WorldOf(null));
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        Wait(bench, After);

        await RefusedAsync(bench, RefusalCode.SlotTaken);
    }

    [Fact]
    public async Task SignAsync_WhatWasSignedIsNotInTheFile_SlotTaken()
    {
        var bench = await SignedAsync();
        bench.EditDocument(CaseDocuments.Unsigned(1), d => d with { Content = UnsignedTransaction.Encode(Transfer(bench, Fee / 2, Tip / 2)) });
        Build(bench, 1, Transfer(bench, Fee, Tip + 1));
        Wait(bench, After);

        await RefusedAsync(bench, RefusalCode.SlotTaken);
    }

    [Fact]
    public async Task SignAsync_Frozen_Refuses()
    {
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        Wait(bench, After);
        bench.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Platform, "incident"));

        await RefusedAsync(bench, RefusalCode.Frozen);
    }

    [Fact]
    public async Task SignAsync_TheRequestExpired_Refuses()
    {
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        Wait(bench, TimeSpan.FromDays(2));

        await RefusedAsync(bench, RefusalCode.RequestExpired);
    }

    // The journal's line is written before the vault is asked: a run that died between the two goes on with the same digest.
    [Fact]
    public async Task SignAsync_JournalledAndNotSigned_SignsTheSameAgain()
    {
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        Wait(bench, After);
        bench.Hot.Answer = _ => new VaultSigning.Faulted(VaultFault.Unreachable, "away");
        Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync());
        bench.Hot.Answer = null;

        await bench.SignedAsync();

        Assert.Equal(2, bench.Signings.Of("hot-1").Select(l => l.Sighash).Distinct().Count());
    }

    [Fact]
    public async Task SignAsync_AReplacementOfAWithdrawal_CountsOnceInTheWindows()
    {
        var bench = await SignedAsync();
        Build(bench, 1, Transfer(bench, Fee * 2, Tip * 2));
        Wait(bench, After);
        await bench.SignedAsync();

        var view = (await bench.Signings.ReadAsync("hot-1", TestContext.Current.CancellationToken)).View;
        Assert.Equal(World.Request.Amount, view.Spent(World.Request.Asset, DateTimeOffset.MinValue, except: ""));
    }

    private static CustodyWorld WorldOf(ReplacementTerms? terms) => CustodyWorld.Default with
    {
        Governance = SampleGovernance.Document with { Chains = [SampleGovernance.Document.Chains[0] with { Replacement = terms }] },
    };

    private static async Task<GateBench> SignedAsync(CustodyWorld? world = null)
    {
        var bench = new GateBench(world ?? World);
        await bench.SignedAsync();
        return bench;
    }

    private static EvmTransfer Transfer(GateBench bench, BigInteger fee, BigInteger tip) =>
        GateBench.Transfer(bench.World.Intent, 7) with { MaxFeePerGas = fee, MaxPriorityFeePerGas = tip };

    private static void Build(GateBench bench, int replacement, EvmTransfer transfer)
    {
        var document = new CaseDocument(CaseDocuments.Unsigned(1, replacement), UnsignedTransaction.Encode(transfer));
        bench.Withdrawals.Stored[bench.Id] = bench.Case with { Documents = bench.Case.Documents.Values.Append(document).ToDictionary(d => d.Name) };
    }

    private static void Wait(GateBench bench, TimeSpan time)
    {
        bench.Time.Advance(time);
        bench.ChainTime = bench.Time.GetUtcNow();
    }

    private static async Task RefusedAsync(GateBench bench, RefusalCode code, int already = 1)
    {
        var refused = Assert.IsType<GateOutcome.Refused>(await bench.SignAsync());

        Assert.True(code == refused.Code, $"expected {code}, got {refused.Code}: {refused.Detail}");
        Assert.True(refused.MayBeSigned);
        Assert.Equal(already, bench.Hot.Asked);
        Assert.Equal(already, bench.Signings.Of("hot-1").Count);
        Assert.Equal(already, bench.Signed.Stored.Count);
    }
}
