using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>A token's transfer at the gate: the approved call of the registered contract within its gas, or nothing.</summary>
public sealed class TokenTests
{
    private static readonly CustodyWorld World = SampleToken.World;
    private static readonly EvmTokenTransfer Approved = new(
        31337, 7, 1_000_000_000, 2_000_000_000, 60_000, EvmAddress.Parse(SampleToken.Contract), EvmAddress.Parse(CustodyWorld.Destination), World.Request.Amount);

    private static readonly Dictionary<string, Func<EvmTokenTransfer, EvmTokenTransfer>> Lies = new(StringComparer.Ordinal)
    {
        ["another recipient"] = t => t with { To = People.WarmKey.Address },
        ["another amount"] = t => t with { Amount = t.Amount + 1 },
        ["another contract"] = t => t with { Token = EvmAddress.Parse("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512") },
        ["another chain"] = t => t with { ChainId = 1 },
        ["more gas than is governed"] = t => t with { GasLimit = SampleToken.GasCeiling + 1 },
    };

    public static TheoryData<string> LieNames => [.. Lies.Keys];

    [Fact]
    public async Task SignAsync_ApprovedTransfer_SignsAndJournalsTheToken()
    {
        var bench = Bench(UnsignedTransaction.Encode(Approved));

        await bench.SignedAsync();

        var line = Assert.Single(bench.Signings.Of("hot-1"));
        Assert.Equal((SampleToken.Asset, CustodyWorld.Destination, World.Request.Amount), (line.Asset, line.Destination, line.Amount));
    }

    [Theory]
    [MemberData(nameof(LieNames))]
    public Task SignAsync_AnotherTransfer_RefusesAndVaultIsNotAsked(string lie) =>
        Bench(UnsignedTransaction.Encode(Lies[lie](Approved))).RefusedUnaskedAsync(RefusalCode.TransactionMismatch);

    [Fact]
    public Task SignAsync_FeeAboveTheEnvelope_RefusesAndVaultIsNotAsked() =>
        Bench(UnsignedTransaction.Encode(Approved with { GasLimit = 100_000, MaxFeePerGas = (World.Intent.Fee.MaxTotal / 100_000) + 1 }))
            .RefusedUnaskedAsync(RefusalCode.TransactionMismatch);

    [Fact]
    public Task SignAsync_CoinInsteadOfTheToken_RefusesAndVaultIsNotAsked() =>
        Bench(UnsignedTransaction.Encode(GateBench.Transfer(World.Intent, 7))).RefusedUnaskedAsync(RefusalCode.TransactionMismatch);

    [Fact]
    public Task SignAsync_TokenInsteadOfTheCoin_RefusesAndVaultIsNotAsked()
    {
        var bench = new GateBench(CustodyWorld.Default with { Governance = SampleToken.Document });
        bench.EditDocument(CaseDocuments.Unsigned(1), d => d with { Content = UnsignedTransaction.Encode(Approved with { Amount = bench.World.Request.Amount }) });
        return bench.RefusedUnaskedAsync(RefusalCode.TransactionMismatch);
    }

    [Fact]
    public async Task SignAsync_TokenAboveItsLimit_RefusesAndVaultIsNotAsked()
    {
        var tight = SampleToken.Document with
        {
            Limits = [.. SampleToken.Document.Limits.Select(l => l.Asset == SampleToken.Asset ? l with { MaxAmount = World.Request.Amount - 1 } : l)],
        };
        var bench = new GateBench(World with { Governance = tight }) { Tokens = new TokenSaid(Verdict.Allowed) };
        bench.EditDocument(CaseDocuments.Unsigned(1), d => d with { Content = UnsignedTransaction.Encode(Approved) });
        await bench.RefusedUnaskedAsync(RefusalCode.VelocityExceeded);
    }

    [Fact]
    public async Task SignAsync_TokenThatIsNotTheGovernedOne_RefusesAndVaultIsNotAsked()
    {
        var bench = Bench(UnsignedTransaction.Encode(Approved));
        bench.Tokens = new TokenSaid(Verdict.Refused(RefusalCode.TokenMismatch, "18 decimals"));

        await bench.RefusedUnaskedAsync(RefusalCode.TokenMismatch);
        Assert.Empty(bench.Signings.Of("hot-1"));

        bench.Tokens = new TokenSaid(Verdict.Allowed);
        await bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_NobodyToAskAboutTokens_RefusesAndVaultIsNotAsked()
    {
        var bench = Bench(UnsignedTransaction.Encode(Approved));
        bench.Tokens = null;
        await bench.RefusedUnaskedAsync(RefusalCode.TokenMismatch);
    }

    [Fact]
    public async Task SignAsync_VerdictThatNobodyGave_RefusesAndVaultIsNotAsked()
    {
        var bench = Bench(UnsignedTransaction.Encode(Approved));
        bench.Tokens = new TokenSaid(default);
        await bench.RefusedUnaskedAsync(RefusalCode.Unspecified);
    }

    [Fact]
    public async Task SignAsync_NodeThatDoesNotSay_IsUnknownAndVaultIsNotAsked()
    {
        var bench = Bench(UnsignedTransaction.Encode(Approved));
        bench.Tokens = new TokenSaid(Verdict.Refused(RefusalCode.NodeUnavailable, "silence"));

        Assert.Equal(RefusalCode.NodeUnavailable, Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync()).Code);
        Assert.Equal((0, 0), (bench.Hot.Asked, bench.Signings.Of("hot-1").Count));
    }

    [Fact]
    public async Task SignAsync_SignedBeforeTheTokenChanged_GivesTheStoredSignatureBack()
    {
        var bench = Bench(UnsignedTransaction.Encode(Approved));
        var first = await bench.SignedAsync();
        bench.Tokens = new TokenSaid(Verdict.Refused(RefusalCode.TokenMismatch, "changed"));

        Assert.Equal(first, await bench.SignAsync());
        Assert.Equal(1, bench.Hot.Asked);
    }

    // Nobody lied: the bytes were within the ceiling that the intent was approved under.
    [Fact]
    public async Task SignAsync_TheGasCeilingLoweredSince_IsRefusedAsGovernanceAndNotAsALie()
    {
        var next = Succession.Next(SampleToken.Document, d => d with
        {
            Assets = [.. d.Assets.Select(a => a.Token is null ? a : a with { Token = a.Token with { GasCeiling = 50_000 } })],
        });
        var bench = new GateBench(World with { StopFacts = [World.InForce, World.Activated, World.ListInForce, World.QuorumReached, Succession.Proposed(next), Succession.InForce(next)] })
        {
            Tokens = new TokenSaid(Verdict.Allowed),
        };
        bench.Facts.Stored[(FactKind.Governance, FactId.Governance(next.Version, next.Digest()))] = Succession.Signed(next);
        bench.EditDocument(CaseDocuments.Unsigned(1), d => d with { Content = UnsignedTransaction.Encode(Approved) });

        await bench.RefusedUnaskedAsync(RefusalCode.GovernanceTightened);

        bench.EditDocument(CaseDocuments.Unsigned(1), d => d with { Content = UnsignedTransaction.Encode(Approved with { GasLimit = SampleToken.GasCeiling + 1 }) });
        await bench.RefusedUnaskedAsync(RefusalCode.TransactionMismatch);

        bench.EditDocument(CaseDocuments.Unsigned(1), d => d with { Content = UnsignedTransaction.Encode(Approved with { GasLimit = 50_000 }) });
        await bench.SignedAsync();
    }

    private sealed class TokenSaid(Verdict verdict) : ITokenCheck
    {
        public Task<Verdict> CheckAsync(AssetId token, Governed governed, CancellationToken cancellation) => Task.FromResult(verdict);
    }

    // Approvers signed the envelope; what it is worth is asked again, by the prices in force.
    [Theory]
    [InlineData(2_500_00, true)]
    [InlineData(2_501_00, false)]
    public async Task SignAsync_TheFeeMayBeWorthTooMuchByNow_Refuses(int coin, bool isSigned)
    {
        var approved = CustodyWorld.Price(2_500_00, CustodyWorld.Start.AddMinutes(-1));
        var world = World with
        {
            Governance = SampleToken.Document with { Rules = [.. SampleToken.Document.Rules.Select(r => r with { Fee = r.Fee with { MaxTokenShareBasisPoints = 10_000 } })] },
            Prices = [.. World.Prices, approved],
        };
        var bench = Bench(UnsignedTransaction.Encode(Approved), world);
        var later = approved with { Value = coin, AsOf = CustodyWorld.Start.AddSeconds(-5) };
        bench.Prices.Stored.InsertRange(0, (world with { Prices = [later] }).PriceDocuments);

        if (isSigned)
        {
            await bench.SignedAsync();
        }
        else
        {
            await bench.RefusedUnaskedAsync(RefusalCode.FeeAboveEnvelope);
        }
    }

    [Fact]
    public async Task SignAsync_TheFeesCoinHasNoPrice_Waits()
    {
        var world = World with
        {
            Governance = SampleToken.Document with { Rules = [.. SampleToken.Document.Rules.Select(r => r with { Fee = r.Fee with { MaxTokenShareBasisPoints = 10_000 } })] },
            Prices = [.. World.Prices, CustodyWorld.Price(2_500_00, CustodyWorld.Start.AddMinutes(-1))],
        };
        var bench = Bench(UnsignedTransaction.Encode(Approved), world);
        bench.Prices.Stored.RemoveAt(1);

        Assert.Equal(RefusalCode.PriceMissing, Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync()).Code);
        Assert.Equal(0, bench.Hot.Asked);
    }

    private static GateBench Bench(byte[] unsigned, CustodyWorld? world = null)
    {
        var bench = new GateBench(world ?? World) { Tokens = new TokenSaid(Verdict.Allowed) };
        bench.EditDocument(CaseDocuments.Unsigned(1), d => d with { Content = unsigned });
        return bench;
    }
}
