using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>
/// A gap is filled when the operators whom governance asks for ordered it, and by nothing else: every control is taken away once,
/// and the vault is then not asked. The gap is at nonce 6, below the sample withdrawal's 7.
/// </summary>
public sealed class GapFillTests
{
    private const ulong Nonce = 6;
    private static readonly BigInteger Rate = 50_000_000_000;
    private static readonly MaintenanceTerms Terms = new(Quorum: 2, MaxTotal: 21000 * Rate * 2, MaxRate: Rate * 2, FillsPerDay: 2, AfterSeconds: 600);
    private static readonly CustodyWorld World = WorldOf(Terms);
    private static readonly EvmAddress Account = People.HotKey.Address;
    private static readonly UpkeepOrder Order = new("hot-1", SampleGovernance.Chain, Account.ToString(), Nonce, 21000 * Rate, Rate);

    [Fact]
    public async Task FillAsync_TwoOperatorsOrderedIt_SignsATransferOfNothingToItself()
    {
        var bench = await GapAsync();
        var id = Put(bench);

        var signed = Assert.IsType<GateOutcome.Signed>(await FillAsync(bench, id));

        var line = bench.Signings.Of("hot-1")[^1];
        Assert.Equal((id, IntentKind.GapFill, Account.ToString(), BigInteger.Zero), (line.WithdrawalId, line.Kind, line.Destination, line.Amount));
        Assert.Equal([SigningSlot.Nonce(SampleGovernance.Chain, Account, Nonce)], line.Slots);
        Assert.Equal(signed, await FillAsync(bench, id));
        Assert.Equal(2, bench.Hot.Asked);
    }

    [Fact]
    public async Task FillAsync_Frozen_SignsAllTheSame()
    {
        var bench = await GapAsync();
        bench.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Platform, "incident"));
        bench.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Vault("hot-1"), "incident"));

        Assert.IsType<GateOutcome.Signed>(await FillAsync(bench, Put(bench)));
    }

    [Fact]
    public async Task FillAsync_AStatementExpiredByTheChainsClock_Refuses()
    {
        var bench = await GapAsync();
        var soon = bench.Time.GetUtcNow().AddMinutes(3);
        bench.ChainTime = soon;

        await RefusedAsync(bench, Put(bench, statements: [Statement("olga", bench), Statement("omar", bench, s => s with { ExpiresAt = soon })]), RefusalCode.SecondSignatureNeeded);
    }

    [Fact]
    public async Task FillAsync_TheHostsClockIsBehind_Waits()
    {
        var bench = await GapAsync();
        bench.ChainTime = bench.Time.GetUtcNow() + HostClockRule.Tolerance + TimeSpan.FromSeconds(1);
        var asked = bench.Hot.Asked;

        Assert.Equal(RefusalCode.HostClockBehind, Assert.IsType<GateOutcome.NotYet>(await FillAsync(bench, Put(bench))).Code);
        Assert.Equal(asked, bench.Hot.Asked);
    }

    [Fact]
    public async Task FillAsync_ThereIsNoFile_NotFound() => await RefusedAsync(await GapAsync(), Order.Id(), RefusalCode.NotFound);

    [Fact]
    public async Task FillAsync_NobodySigned_Refuses()
    {
        var bench = await GapAsync();
        await RefusedAsync(bench, Put(bench, statements: []), RefusalCode.SecondSignatureNeeded);
    }

    [Fact]
    public async Task FillAsync_OneSignedTwice_Refuses()
    {
        var bench = await GapAsync();
        await RefusedAsync(bench, Put(bench, statements: [Statement("olga", bench), Statement("olga", bench, s => s with { Reason = "again" })]), RefusalCode.SecondSignatureNeeded);
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("fee")]
    [InlineData("rate")]
    [InlineData("account")]
    [InlineData("vault")]
    [InlineData("kind")]
    [InlineData("version")]
    [InlineData("somebody")]
    [InlineData("expired")]
    [InlineData("future")]
    [InlineData("typ")]
    [InlineData("approver")]
    [InlineData("garbage")]
    public async Task FillAsync_TheSecondSignedSomethingElse_Refuses(string what)
    {
        var bench = await GapAsync();
        var now = bench.Time.GetUtcNow();
        var second = what switch
        {
            "nonce" => Statement("omar", bench, s => s with { Nonce = 5 }),
            "fee" => Statement("omar", bench, s => s with { MaxTotal = s.MaxTotal + 1 }),
            "rate" => Statement("omar", bench, s => s with { MaxRate = s.MaxRate + 1 }),
            "account" => Statement("omar", bench, s => s with { Account = People.WarmKey.Address.ToString() }),
            "vault" => Statement("omar", bench, s => s with { VaultId = "warm-1" }),
            "kind" => Statement("omar", bench, s => s with { Kind = MaintenanceKind.Unknown }),
            "version" => Statement("omar", bench, s => s with { Version = 2 }),
            "somebody" => Statement("omar", bench, s => s with { OperatorId = "olga" }),
            "expired" => Statement("omar", bench, s => s with { ExpiresAt = now }),
            "future" => Statement("omar", bench, s => s with { SignedAt = now.AddMinutes(10) }),
            "typ" => People.Omar.Sign(DocumentType.Thaw, Of("omar", bench), now),
            "approver" => People.Gina.Sign(DocumentType.Maintenance, Of("omar", bench), now),
            _ => "a.b.c",
        };

        await RefusedAsync(bench, Put(bench, statements: [Statement("olga", bench), second]), RefusalCode.SecondSignatureNeeded);
    }

    [Fact]
    public async Task FillAsync_GovernanceHasNoTerms_Refuses()
    {
        var bench = await GapAsync(WorldOf(null));
        await RefusedAsync(bench, Put(bench), RefusalCode.MaintenanceNotGoverned);
    }

    [Fact]
    public async Task FillAsync_GovernanceAsksForThree_TwoAreTooFew()
    {
        var bench = await GapAsync(WorldOf(Terms with { Quorum = 3 }));
        await RefusedAsync(bench, Put(bench), RefusalCode.SecondSignatureNeeded);
    }

    [Fact]
    public async Task FillAsync_TheFeeIsAboveTheTerms_Refuses()
    {
        var bench = await GapAsync(WorldOf(Terms with { MaxTotal = (21000 * Rate) - 1 }));
        await RefusedAsync(bench, Put(bench), RefusalCode.MaintenanceFeeAboveTerms);
        bench = await GapAsync(WorldOf(Terms with { MaxRate = Rate - 1 }));
        await RefusedAsync(bench, Put(bench), RefusalCode.MaintenanceFeeAboveTerms);
    }

    [Fact]
    public async Task FillAsync_AnotherVaultsAccount_Refuses()
    {
        var bench = await GapAsync();
        await RefusedAsync(bench, Put(bench, Order with { Account = People.WarmKey.Address.ToString() }), RefusalCode.MaintenanceAccountWrong);
        await RefusedAsync(bench, Put(bench, Order with { VaultId = "nowhere" }), RefusalCode.MaintenanceAccountWrong);
    }

    [Fact]
    public async Task FillAsync_TheFileIsAnotherOrders_Refuses()
    {
        var bench = await GapAsync();
        var other = Put(bench, Order with { Nonce = 5 });
        bench.Fills.Stored[Order.Id()] = bench.Fills.Stored[other] with { Id = Order.Id() };

        await RefusedAsync(bench, Order.Id(), RefusalCode.IntentTampered);
    }

    [Theory]
    [InlineData(VaultKeyState.Suspended)]
    [InlineData(VaultKeyState.Compromised)]
    public async Task FillAsync_TheKeyIsNotActive_Refuses(VaultKeyState state)
    {
        var world = World with { Governance = World.Governance with { Vaults = [World.Governance.Vaults[0] with { State = state }, World.Governance.Vaults[1]] } };
        var bench = new GateBench(world);
        Signed(bench, 7);

        await RefusedAsync(bench, Put(bench), RefusalCode.GovernanceTightened);
    }

    [Theory]
    [InlineData("hot-1")]
    [InlineData("warm-1")]
    public async Task FillAsync_AnyVaultsJournalTakesTheNonce_Refuses(string vault)
    {
        var bench = await GapAsync();
        Signed(bench, Nonce, vault);

        await RefusedAsync(bench, Put(bench), RefusalCode.NonceNotGap);
    }

    [Theory]
    [InlineData(7UL)]
    [InlineData(8UL)]
    public async Task FillAsync_NothingIsSignedAbove_Refuses(ulong nonce)
    {
        var bench = await GapAsync();
        await RefusedAsync(bench, Put(bench, Order with { Nonce = nonce }), RefusalCode.NonceNotGap);
    }

    [Fact]
    public async Task FillAsync_BeforeItsTimeByEitherClock_Waits()
    {
        var bench = await GapAsync(waits: TimeSpan.FromSeconds(599));
        var id = Put(bench);
        Assert.Equal(RefusalCode.GapFillTooEarly, Assert.IsType<GateOutcome.NotYet>(await FillAsync(bench, id)).Code);

        bench.Time.Advance(TimeSpan.FromHours(1));
        bench.Fills.Stored[id] = bench.Fills.Stored[id] with { Statements = [Statement("olga", bench), Statement("omar", bench)] };
        Assert.Equal(RefusalCode.GapFillTooEarly, Assert.IsType<GateOutcome.NotYet>(await FillAsync(bench, id)).Code);
        Assert.Equal(1, bench.Hot.Asked);

        bench.ChainTime = bench.Time.GetUtcNow();
        Assert.IsType<GateOutcome.Signed>(await FillAsync(bench, id));
    }

    [Fact]
    public async Task FillAsync_TheChainGivesNoTime_WaitsUnasked()
    {
        var bench = await GapAsync();
        bench.ChainTime = null;

        Assert.IsType<GateOutcome.Unknown>(await FillAsync(bench, Put(bench)));
        Assert.Equal(1, bench.Hot.Asked);
    }

    [Fact]
    public async Task FillAsync_MoreThanGovernedADay_WaitsForTheDayToPassByBothClocks()
    {
        var bench = await GapAsync();
        foreach (var nonce in (ulong[])[4, 5])
        {
            Assert.IsType<GateOutcome.Signed>(await FillAsync(bench, Put(bench, Order with { Nonce = nonce })));
        }

        var third = Put(bench);
        Assert.Equal(RefusalCode.GapFillsExceeded, Assert.IsType<GateOutcome.NotYet>(await FillAsync(bench, third)).Code);
        Assert.Equal(3, bench.Hot.Asked);

        bench.Time.Advance(TimeSpan.FromHours(24));
        bench.Fills.Stored[third] = bench.Fills.Stored[third] with { Statements = [Statement("olga", bench), Statement("omar", bench)] };
        Assert.Equal(RefusalCode.GapFillsExceeded, Assert.IsType<GateOutcome.NotYet>(await FillAsync(bench, third)).Code);
        bench.ChainTime = bench.Time.GetUtcNow();
        Assert.IsType<GateOutcome.Signed>(await FillAsync(bench, third));
    }

    [Theory]
    [InlineData("recipient")]
    [InlineData("amount")]
    [InlineData("chain")]
    [InlineData("nonce")]
    [InlineData("rate")]
    [InlineData("calldata")]
    [InlineData("none")]
    [InlineData("garbage")]
    public async Task FillAsync_OtherBytes_Refuses(string what)
    {
        var bench = await GapAsync();
        var transfer = Transfer(Order);
        var bytes = what switch
        {
            "recipient" => Encode(transfer with { To = EvmAddress.Parse("0x00000000000000000000000000000000000000bb") }),
            "amount" => Encode(transfer with { Value = 1 }),
            "chain" => Encode(transfer with { ChainId = 1 }),
            "nonce" => Encode(transfer with { Nonce = 5 }),
            "rate" => Encode(transfer with { MaxFeePerGas = Rate + 1 }),
            "calldata" => Convert.ToHexStringLower(UnsignedTransaction.Encode(new EvmTokenTransfer(31337, Nonce, 1, Rate, 60000, Account, Account, 0))),
            "none" => null,
            _ => "zz",
        };
        var id = Put(bench);
        bench.Fills.Stored[id] = bench.Fills.Stored[id] with { Unsigned = bytes };

        await RefusedAsync(bench, id, RefusalCode.TransactionMismatch);
    }

    [Fact]
    public async Task FillAsync_OtherBytesOnceJournalled_IsASecondDigest()
    {
        var bench = await GapAsync();
        var id = Put(bench);
        await FillAsync(bench, id);
        bench.Fills.Stored[id] = bench.Fills.Stored[id] with { Unsigned = Encode(Transfer(Order) with { MaxPriorityFeePerGas = 2 }) };

        var refused = Assert.IsType<GateOutcome.Refused>(await FillAsync(bench, id));

        Assert.Equal((RefusalCode.SlotTaken, true), (refused.Code, refused.MayBeSigned));
        Assert.Equal(2, bench.Hot.Asked);
    }

    [Fact]
    public async Task FillAsync_AnotherOrderForTheFilledNonce_Refuses()
    {
        var bench = await GapAsync();
        await FillAsync(bench, Put(bench));
        var before = bench.Hot.Asked;

        var refused = Assert.IsType<GateOutcome.Refused>(await FillAsync(bench, Put(bench, Order with { MaxRate = Rate - 1 })));

        Assert.Equal((RefusalCode.NonceNotGap, before), (refused.Code, bench.Hot.Asked));
    }

    [Fact]
    public async Task SignAsync_AWithdrawalAtAFilledNonce_SlotTaken()
    {
        var bench = await GapAsync();
        await FillAsync(bench, Put(bench));
        var other = bench.PutOther("req-2", Nonce);
        var before = bench.Hot.Asked;

        var refused = Assert.IsType<GateOutcome.Refused>(await bench.SignAsync(other.WithdrawalId));

        Assert.True(refused.Code == RefusalCode.SlotTaken, refused.ToString());
        Assert.Equal(before, bench.Hot.Asked);
    }

    [Fact]
    public async Task FillAsync_Ended_Refuses()
    {
        var bench = await GapAsync();
        bench.Stops.Add(new StopFact(StopKind.WithdrawalEnded, Order.Id(), "ended", Code: "nonce-not-gap"));

        await RefusedAsync(bench, Put(bench), RefusalCode.Stopped);
    }

    [Fact]
    public async Task FillAsync_ClosedInAJournal_Refuses()
    {
        var bench = await GapAsync();
        bench.Signings.Add("hot-1", SigningFact.Close(Order.Id()), bench.Time.GetUtcNow());

        await RefusedAsync(bench, Put(bench), RefusalCode.Stopped);
    }

    [Fact]
    public async Task FillAsync_AJournalIsBroken_Refuses()
    {
        var bench = await GapAsync();
        bench.Signings.Broken.Add("warm-1");

        var refused = Assert.IsType<GateOutcome.Refused>(await FillAsync(bench, Put(bench)));

        Assert.Equal((RefusalCode.JournalBroken, true, 1), (refused.Code, refused.MayBeSigned, bench.Hot.Asked));
    }

    [Fact]
    public async Task FillAsync_TheKeyIsAnother_Refuses()
    {
        var bench = await GapAsync();
        bench.EditKey(k => k with { Label = new string('0', 64) });

        await RefusedAsync(bench, Put(bench), RefusalCode.VaultKeyMismatch);
    }

    [Fact]
    public async Task FillAsync_TheFirmwareIsNotGoverned_Waits()
    {
        var bench = await GapAsync();
        bench.EditKey(k => k with { Firmware = "software 2" });

        Assert.Equal(RefusalCode.VaultFirmwareNotGoverned, Assert.IsType<GateOutcome.NotYet>(await FillAsync(bench, Put(bench))).Code);
        Assert.Equal(1, bench.Hot.Asked);
    }

    // The line is written before the vault is asked. Operators whose statements ran out meanwhile sign again, and the same bytes are signed.
    [Fact]
    public async Task FillAsync_JournalledAndNotSigned_SignsTheSameOnceOperatorsSignedAgain()
    {
        var bench = await GapAsync();
        var id = Put(bench);
        bench.Hot.Answer = _ => new VaultSigning.Faulted(VaultFault.Unreachable, "away");
        Assert.IsType<GateOutcome.Unknown>(await FillAsync(bench, id));
        bench.Hot.Answer = null;
        bench.Time.Advance(TimeSpan.FromDays(2));
        bench.ChainTime = bench.Time.GetUtcNow();
        var refused = Assert.IsType<GateOutcome.Refused>(await FillAsync(bench, id));
        Assert.Equal((RefusalCode.SecondSignatureNeeded, true), (refused.Code, refused.MayBeSigned));

        bench.Fills.Stored[id] = bench.Fills.Stored[id] with { Statements = [Statement("olga", bench), Statement("omar", bench)] };
        Assert.IsType<GateOutcome.Signed>(await FillAsync(bench, id));
        Assert.Single(bench.Signings.Of("hot-1").Where(l => l.WithdrawalId == id).Select(l => l.Sighash).Distinct());
    }

    [Fact]
    public async Task FillAsync_AFill_TakesNothingOfTheWindows()
    {
        var bench = await GapAsync();
        await FillAsync(bench, Put(bench));

        var view = (await bench.Signings.ReadAsync("hot-1", TestContext.Current.CancellationToken)).View;
        Assert.Equal(BigInteger.Zero, view.Spent(SampleGovernance.Ether, DateTimeOffset.MinValue, except: bench.Id));
    }

    [Fact]
    public async Task FillReadyAsync_SaysWhatTheGateWouldSayAndSignsNothing()
    {
        var bench = await GapAsync();
        var id = Put(bench);
        bench.Fills.Stored[id] = bench.Fills.Stored[id] with { Unsigned = null };

        Assert.IsType<GateReadiness.Ready>(await bench.NewGate().OrderReadyAsync(id, TestContext.Current.CancellationToken));
        Signed(bench, Nonce);
        Assert.IsType<GateReadiness.Obstacle>(await bench.NewGate().OrderReadyAsync(id, TestContext.Current.CancellationToken));
        Assert.Equal(1, bench.Hot.Asked);
    }

    private static CustodyWorld WorldOf(MaintenanceTerms? terms) => CustodyWorld.Default with
    {
        Governance = SampleGovernance.Document with { Chains = [SampleGovernance.Document.Chains[0] with { Maintenance = terms }] },
    };

    // The sample withdrawal is signed at nonce 7, and nothing below it.
    private static async Task<GateBench> GapAsync(CustodyWorld? world = null, TimeSpan? waits = null)
    {
        var bench = new GateBench(world ?? World);
        await bench.SignedAsync();
        bench.Time.Advance(waits ?? TimeSpan.FromMinutes(10));
        bench.ChainTime = bench.Time.GetUtcNow();
        return bench;
    }

    private static void Signed(GateBench bench, ulong nonce, string vault = "hot-1") => bench.Signings.Add(
        vault,
        new SigningFact("w-other", 1, IntentKind.Withdrawal, new string('a', 64), [SigningSlot.Nonce(SampleGovernance.Chain, Account, nonce)], new string('b', 64), SampleGovernance.Ether, CustodyWorld.Destination, 1),
        bench.Time.GetUtcNow().AddHours(-1));

    private static string Put(GateBench bench, UpkeepOrder? order = null, IReadOnlyList<string>? statements = null)
    {
        order ??= Order;
        var file = UpkeepFile.Of(order, bench.Time.GetUtcNow()) with
        {
            Status = UpkeepStatus.Approved,
            Statements = statements ?? [Statement("olga", bench, s => With(s, order)), Statement("omar", bench, s => With(s, order))],
            Unsigned = Encode(Transfer(order)),
        };
        bench.Fills.Stored[file.Id] = CanonicalJson.Deserialize<UpkeepFile>(CanonicalJson.Serialize(file));
        return file.Id;
    }

    private static MaintenanceStatement With(MaintenanceStatement statement, UpkeepOrder order) => statement with
    {
        VaultId = order.VaultId,
        Chain = order.Chain,
        Account = order.Account,
        Nonce = order.Nonce,
        MaxTotal = order.MaxTotal,
        MaxRate = order.MaxRate,
    };

    private static EvmTransfer Transfer(UpkeepOrder order) => new(31337, order.Nonce!.Value, 1, order.MaxRate, Account, BigInteger.Zero);

    private static string Encode(EvmTransfer transfer) => Convert.ToHexStringLower(UnsignedTransaction.Encode(transfer));

    private static MaintenanceStatement Of(string who, GateBench bench) => With(
        new MaintenanceStatement(
            1, MaintenanceKind.GapFill, "", SampleGovernance.Chain, "", 0, 0, 0, who, "payments wait", bench.Time.GetUtcNow(), bench.Time.GetUtcNow().AddDays(1)),
        Order);

    private static string Statement(string who, GateBench bench, Func<MaintenanceStatement, MaintenanceStatement>? edit = null) =>
        People.OperatorKey(who).Sign(DocumentType.Maintenance, edit?.Invoke(Of(who, bench)) ?? Of(who, bench), bench.Time.GetUtcNow());

    private static Task<GateOutcome> FillAsync(GateBench bench, string id) => bench.NewGate().SignOrderedAsync(id, TestContext.Current.CancellationToken);

    private static async Task RefusedAsync(GateBench bench, string id, RefusalCode code)
    {
        var (asked, lines) = (bench.Hot.Asked + bench.Warm.Asked, bench.Signings.Of("hot-1").Count);
        var refused = Assert.IsType<GateOutcome.Refused>(await FillAsync(bench, id));

        Assert.True(code == refused.Code, $"expected {code}, got {refused.Code}: {refused.Detail}");
        Assert.False(refused.MayBeSigned);
        Assert.Equal(asked, bench.Hot.Asked + bench.Warm.Asked);
        Assert.Equal(lines, bench.Signings.Of("hot-1").Count);
        Assert.DoesNotContain(bench.Signed.Stored.Values, r => r.WithdrawalId == id);
    }
}
