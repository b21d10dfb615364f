using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>
/// A vault is funded when the operators whom governance asks for ordered it, and by nothing else: every control is taken away once, and
/// the vault is then not asked. The hot vault funds the warm one.
/// </summary>
public sealed class GasFundingTests
{
    private static readonly BigInteger Rate = 50_000_000_000;
    private static readonly BigInteger Amount = SampleGovernance.OneEther / 10;
    private static readonly GasFundingTerms Terms = new(Quorum: 2, MaxAmount: Amount, MaxPerDay: 3 * Amount, MaxTotal: 21000 * Rate, MaxRate: Rate);
    private static readonly CustodyWorld World = WorldOf(Terms);
    private static readonly EvmAddress Account = People.HotKey.Address;
    private static readonly UpkeepOrder Order = OrderOf("first");

    [Fact]
    public async Task SignOrderedAsync_TwoOperatorsOrderedIt_PaysTheAccountOfTheFundedVaultsKey()
    {
        var bench = new GateBench(World);
        var id = Put(bench);

        var signed = Assert.IsType<GateOutcome.Signed>(await SignAsync(bench, id));

        var line = Assert.Single(bench.Signings.Of("hot-1"));
        Assert.Equal((id, IntentKind.GasFunding, People.WarmKey.Address.ToString(), Amount, SampleGovernance.Ether), (line.WithdrawalId, line.Kind, line.Destination, line.Amount, line.Asset!));
        Assert.Equal(signed, await SignAsync(bench, id));
        Assert.Equal(1, bench.Hot.Asked);
    }

    [Theory]
    [InlineData("platform")]
    [InlineData("vault/hot-1")]
    [InlineData("vault/warm-1")]
    public async Task SignOrderedAsync_EitherVaultIsFrozen_Refuses(string scope)
    {
        var bench = new GateBench(World);
        bench.Stops.Add(new StopFact(StopKind.Frozen, scope, "incident"));

        await RefusedAsync(bench, Put(bench), RefusalCode.Frozen);
    }

    // Its lines may be among what the restore lost, and the vault's money out already: operators order it anew.
    [Theory]
    [InlineData(-2, true)]
    [InlineData(2, false)]
    public async Task SignOrderedAsync_StorageWasRestored_SignsOnlyWhatWasOrderedAfterwards(int restoredAtMinute, bool isSigned)
    {
        var bench = new GateBench(World);
        var at = bench.Time.GetUtcNow().AddMinutes(restoredAtMinute);
        var id = Put(bench);
        bench.Time.SetUtcNow(bench.Time.GetUtcNow().AddMinutes(5));
        bench.Stops.Add(Restores.Fact(Restores.Statement(at)), at);
        bench.Stops.Add(Restores.Thawed, at.AddMinutes(1));

        var outcome = await SignAsync(bench, id);

        Assert.Equal(isSigned, outcome is GateOutcome.Signed);
        Assert.Equal(isSigned ? 1 : 0, bench.Hot.Asked);
        Assert.True(isSigned || outcome is GateOutcome.Refused { Code: RefusalCode.Restored }, $"{outcome}");
    }

    [Fact]
    public async Task SignOrderedAsync_FrozenWhenItIsJournalledAndNotSigned_Refuses()
    {
        var bench = new GateBench(World);
        var id = Put(bench);
        bench.Signings.Add("hot-1", Fact(id, Amount), bench.Time.GetUtcNow());
        bench.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Vault("hot-1"), "incident"));

        Assert.True(Assert.IsType<GateOutcome.Refused>(await SignAsync(bench, id)).MayBeSigned);
        Assert.Equal(0, bench.Hot.Asked);
    }

    [Fact]
    public async Task SignOrderedAsync_NobodyOrOneSigned_Refuses()
    {
        var bench = new GateBench(World);
        await RefusedAsync(bench, Put(bench, statements: []), RefusalCode.SecondSignatureNeeded);
        await RefusedAsync(bench, Put(bench, statements: [Statement("olga", bench, Order), Statement("olga", bench, Order)]), RefusalCode.SecondSignatureNeeded);
    }

    [Fact]
    public async Task SignOrderedAsync_TheSecondSignedAnotherAmountVaultOrReference_Refuses()
    {
        foreach (var other in (UpkeepOrder[])[
            Order with { Funding = Order.Funding! with { Amount = Amount - 1 } },
            Order with { Funding = Order.Funding! with { Reference = "second" } },
            Order with { MaxRate = Rate - 1 },
            Order with { Nonce = 6, Funding = null, MaxTotal = 1, MaxRate = 1 },
        ])
        {
            var bench = new GateBench(World);
            await RefusedAsync(bench, Put(bench, statements: [Statement("olga", bench, Order), Statement("omar", bench, other)]), RefusalCode.SecondSignatureNeeded);
        }
    }

    [Fact]
    public async Task SignOrderedAsync_GovernanceHasNoTermsForIt_Refuses()
    {
        var bench = new GateBench(WorldOf(null));
        await RefusedAsync(bench, Put(bench), RefusalCode.MaintenanceNotGoverned);
    }

    [Fact]
    public async Task SignOrderedAsync_OutsideTheTerms_Refuses()
    {
        foreach (var (order, code) in ((UpkeepOrder, RefusalCode)[])[
            (Order with { Funding = Order.Funding! with { Amount = Amount + 1 } }, RefusalCode.GasFundingAboveTerms),
            (Order with { Funding = Order.Funding! with { Amount = 0 } }, RefusalCode.GasFundingAboveTerms),
            (Order with { MaxTotal = Terms.MaxTotal + 1 }, RefusalCode.MaintenanceFeeAboveTerms),
            (Order with { MaxRate = Terms.MaxRate + 1 }, RefusalCode.MaintenanceFeeAboveTerms),
            (Order with { Funding = Order.Funding! with { VaultId = "nowhere" } }, RefusalCode.MaintenanceAccountWrong),
            (Order with { Funding = Order.Funding! with { VaultId = "hot-1", Account = Account.ToString() } }, RefusalCode.MaintenanceAccountWrong),
            (Order with { Funding = Order.Funding! with { Account = CustodyWorld.Destination } }, RefusalCode.MaintenanceAccountWrong),
            (Order with { Account = People.WarmKey.Address.ToString() }, RefusalCode.MaintenanceAccountWrong),
            (Order with { Funding = Order.Funding! with { Reference = "no id" } }, RefusalCode.FieldInvalid),
        ])
        {
            var bench = new GateBench(World);
            await RefusedAsync(bench, Put(bench, order), code);
        }
    }

    [Theory]
    [InlineData("hot-1", VaultKeyState.Suspended)]
    [InlineData("warm-1", VaultKeyState.Suspended)]
    [InlineData("warm-1", VaultKeyState.Compromised)]
    [InlineData("warm-1", VaultKeyState.PreActivation)]
    public async Task SignOrderedAsync_EitherKeyIsNotActive_Refuses(string vault, VaultKeyState state)
    {
        var world = World with { Governance = World.Governance with { Vaults = [.. World.Governance.Vaults.Select(v => v.Id == vault ? v with { State = state } : v)] } };
        var bench = new GateBench(world);
        await RefusedAsync(bench, Put(bench), RefusalCode.GovernanceTightened);
    }

    [Theory]
    [InlineData("recipient")]
    [InlineData("amount")]
    [InlineData("token")]
    [InlineData("fee")]
    public async Task SignOrderedAsync_OtherBytes_Refuses(string what)
    {
        var bench = new GateBench(World);
        var good = Transfer(Order);
        var bytes = what switch
        {
            "recipient" => UnsignedTransaction.Encode(good with { To = EvmAddress.Parse(CustodyWorld.Destination) }),
            "amount" => UnsignedTransaction.Encode(good with { Value = Amount + 1 }),
            "fee" => UnsignedTransaction.Encode(good with { MaxFeePerGas = Rate + 1 }),
            _ => UnsignedTransaction.Encode(new EvmTokenTransfer(31337, 7, 1, Rate, 60000, People.WarmKey.Address, People.WarmKey.Address, Amount)),
        };

        await RefusedAsync(bench, Put(bench, unsigned: bytes), RefusalCode.TransactionMismatch);
    }

    [Fact]
    public async Task SignOrderedAsync_OtherBytesOnceJournalled_IsASecondDigest()
    {
        var bench = new GateBench(World);
        var id = Put(bench);
        await SignAsync(bench, id);
        Put(bench, unsigned: UnsignedTransaction.Encode(Transfer(Order) with { Nonce = 8 }));

        var refused = Assert.IsType<GateOutcome.Refused>(await SignAsync(bench, id));

        Assert.Equal((RefusalCode.LineageBroken, true), (refused.Code, refused.MayBeSigned));
        Assert.Equal(1, bench.Hot.Asked);
    }

    [Fact]
    public async Task SignOrderedAsync_ANonceThatAWithdrawalTook_Refuses()
    {
        var bench = new GateBench(World);
        await bench.SignedAsync();

        await RefusedAsync(bench, Put(bench), RefusalCode.SlotTaken);
    }

    [Fact]
    public async Task SignOrderedAsync_MoreThanGovernedADay_WaitsForTheDayToPassByBothClocks()
    {
        var bench = new GateBench(World);
        for (var nonce = 0ul; nonce < 3; nonce++)
        {
            Assert.IsType<GateOutcome.Signed>(await SignAsync(bench, Put(bench, OrderOf($"n{nonce}"), nonce: nonce)));
        }

        var fourth = Put(bench, nonce: 3);
        Assert.Equal(RefusalCode.GasFundingExceeded, Assert.IsType<GateOutcome.NotYet>(await SignAsync(bench, fourth)).Code);
        bench.Time.Advance(TimeSpan.FromHours(24));
        Put(bench, nonce: 3);
        Assert.Equal(RefusalCode.GasFundingExceeded, Assert.IsType<GateOutcome.NotYet>(await SignAsync(bench, fourth)).Code);
        bench.ChainTime = bench.Time.GetUtcNow();
        Assert.IsType<GateOutcome.Signed>(await SignAsync(bench, fourth));
    }

    [Fact]
    public async Task SignOrderedAsync_TheVaultsWindowIsFull_Refuses()
    {
        var bench = new GateBench(World);
        bench.Signings.Add("hot-1", Fact("w-other", 40 * SampleGovernance.OneEther, IntentKind.Withdrawal), bench.Time.GetUtcNow().AddHours(-1));

        await RefusedAsync(bench, Put(bench), RefusalCode.VelocityExceeded);
    }

    [Fact]
    public async Task SignOrderedAsync_NoPlatformLimit_Refuses()
    {
        var bench = new GateBench(World with { Governance = World.Governance with { Limits = [.. World.Governance.Limits.Where(l => l.Scope != LimitScope.Platform)] } });

        await RefusedAsync(bench, Put(bench), RefusalCode.LimitMissing);
    }

    [Fact]
    public async Task SignOrderedAsync_Funded_TakesItsPartOfTheWindowsOfPayments()
    {
        var world = World with { Governance = World.Governance with { Limits = [.. World.Governance.Limits.Select(l => l.Scope == LimitScope.Vault ? l with { MaxAmount = World.Request.Amount } : l)] } };
        var bench = new GateBench(world);
        await SignAsync(bench, Put(bench, nonce: 3));

        await bench.RefusedUnaskedAsync(RefusalCode.VelocityExceeded);
    }

    [Fact]
    public async Task SignOrderedAsync_EndedOrTheFileIsAnotherOrders_Refuses()
    {
        var bench = new GateBench(World);
        var id = Put(bench);
        bench.Fills.Stored[id] = bench.Fills.Stored[id] with { Order = OrderOf("another") };
        await RefusedAsync(bench, id, RefusalCode.IntentTampered);

        Put(bench);
        bench.Stops.Add(new StopFact(StopKind.WithdrawalEnded, id, "no longer needed"));
        await RefusedAsync(bench, id, RefusalCode.Stopped);
    }

    [Fact]
    public async Task SignOrderedAsync_BothANonceAndAFunding_Refuses()
    {
        var bench = new GateBench(World);

        Assert.IsType<GateOutcome.Refused>(await SignAsync(bench, Put(bench, Order with { Nonce = 7 })));
        Assert.Equal(0, bench.Hot.Asked);
    }

    [Fact]
    public async Task OrderReadyAsync_SaysWhatTheGateWouldSayAndSignsNothing()
    {
        var bench = new GateBench(World);
        var id = Put(bench);
        Assert.IsType<GateReadiness.Ready>(await bench.NewGate().OrderReadyAsync(id, TestContext.Current.CancellationToken));
        bench.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Platform, "incident"));
        Assert.IsType<GateReadiness.Obstacle>(await bench.NewGate().OrderReadyAsync(id, TestContext.Current.CancellationToken));
        Assert.Equal(0, bench.Hot.Asked);
    }

    private static CustodyWorld WorldOf(GasFundingTerms? terms) => CustodyWorld.Default with
    {
        Governance = SampleGovernance.Document with
        {
            Chains = [SampleGovernance.Document.Chains[0] with { Maintenance = new MaintenanceTerms(2, 1, 1, 1, 600, terms) }],
        },
    };

    private static UpkeepOrder OrderOf(string reference) => new(
        "hot-1", SampleGovernance.Chain, People.HotKey.Address.ToString(), null, 21000 * Rate, Rate, new FundingOrder("warm-1", People.WarmKey.Address.ToString(), Amount, reference));

    private static SigningFact Fact(string id, BigInteger amount, IntentKind kind = IntentKind.GasFunding) => new(
        id, 1, kind, new string('a', 64), [SigningSlot.Nonce(SampleGovernance.Chain, Account, 7)], new string('b', 64), SampleGovernance.Ether, People.WarmKey.Address.ToString(), amount);

    private static string Put(GateBench bench, UpkeepOrder? order = null, IReadOnlyList<string>? statements = null, byte[]? unsigned = null, ulong nonce = 7)
    {
        order ??= Order;
        var file = UpkeepFile.Of(order, bench.Time.GetUtcNow()) with
        {
            Status = UpkeepStatus.Approved,
            Statements = statements ?? [Statement("olga", bench, order), Statement("omar", bench, order)],
            Unsigned = Convert.ToHexStringLower(unsigned ?? UnsignedTransaction.Encode(Transfer(order) with { Nonce = nonce })),
        };
        bench.Fills.Stored[file.Id] = CanonicalJson.Deserialize<UpkeepFile>(CanonicalJson.Serialize(file));
        return file.Id;
    }

    private static EvmTransfer Transfer(UpkeepOrder order) => new(31337, 7, 1, Rate, People.WarmKey.Address, order.Funding?.Amount ?? 0);

    private static string Statement(string who, GateBench bench, UpkeepOrder order)
    {
        var now = bench.Time.GetUtcNow();
        var kind = order.Funding is null ? MaintenanceKind.GapFill : MaintenanceKind.GasFunding;
        return People.OperatorKey(who).Sign(
            DocumentType.Maintenance,
            new MaintenanceStatement(1, kind, order.VaultId, order.Chain, order.Account, order.Nonce, order.MaxTotal, order.MaxRate, who, "tokens wait", now, now.AddDays(1), order.Funding),
            now);
    }

    private static Task<GateOutcome> SignAsync(GateBench bench, string id) => bench.NewGate().SignOrderedAsync(id, TestContext.Current.CancellationToken);

    private static async Task RefusedAsync(GateBench bench, string id, RefusalCode code)
    {
        var (asked, lines) = (bench.Hot.Asked + bench.Warm.Asked, bench.Signings.Of("hot-1").Count);
        var refused = Assert.IsType<GateOutcome.Refused>(await SignAsync(bench, id));

        Assert.True(code == refused.Code, $"expected {code}, got {refused.Code}: {refused.Detail}");
        Assert.False(refused.MayBeSigned);
        Assert.Equal(asked, bench.Hot.Asked + bench.Warm.Asked);
        Assert.Equal(lines, bench.Signings.Of("hot-1").Count);
        Assert.DoesNotContain(bench.Signed.Stored.Values, r => r.WithdrawalId == id);
    }
}
