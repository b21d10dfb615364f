using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

public sealed class EffectsCheckTests
{
    private const string TxId = "0x01";
    private static readonly EvmAddress Vault = TestKey.Funded.Address;
    private static readonly BlockPoint Block = new(5, "0xb5");
    private static readonly WithdrawalIntent Intent = SampleIntent.Create(TestKey.Eip155.Address.ToString(), 1000);
    private static readonly EvmTransaction Mined = new(TxId, Vault, TestKey.Eip155.Address, 1000, 0, 0, 31337);
    private static readonly EvmReceipt Receipt = new(TxId, Block, true, 21000, 90_000_000_000);
    private static readonly EvmHeader Canonical = new(5, "0xb5", "0xb4", DateTimeOffset.UnixEpoch, 7);

    [Fact]
    public void Check_ExactlyTheIntent_Matches() => Assert.Equal(new EffectsResult.Matches(Receipt), Check(Mined, Receipt, Canonical));

    [Fact]
    public void Check_Reverted_IsReverted()
    {
        var reverted = Receipt with { Succeeded = false };
        Assert.Equal(new EffectsResult.Reverted(reverted), Check(Mined, reverted, Canonical));
    }

    public static TheoryData<string, EvmTransaction, EvmReceipt> Wrong() => new()
    {
        { "txid", Mined with { Hash = "0x02" }, Receipt },
        { "receipt", Mined, Receipt with { TxId = "0x02" } },
        { "chain", Mined with { ChainId = 1 }, Receipt },
        { "chain", Mined with { ChainId = null }, Receipt },
        { "from", Mined with { From = TestKey.Eip155.Address }, Receipt },
        { "to", Mined with { To = Vault }, Receipt },
        { "to", Mined with { To = null }, Receipt },
        { "value", Mined with { Value = 999 }, Receipt },
        { "input", Mined with { InputLength = 4 }, Receipt },
        { "fee", Mined, Receipt with { EffectiveGasPrice = 95_238_095_239 } },

        // Something else that also reverted is not "our payment reverted".
        { "value", Mined with { Value = 999 }, Receipt with { Succeeded = false } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_AnotherField_DiffersByName(string field, EvmTransaction transaction, EvmReceipt receipt) =>
        Assert.Equal(field, Assert.IsType<EffectsResult.Differs>(Check(transaction, receipt, Canonical)).Field);

    [Fact]
    public void Check_IntentOfAnUnknownKindOfAsset_Differs()
    {
        var other = Intent with { Asset = AssetId.Parse("eip155:31337/erc721:0x6b175474e89094c44da98b954eedeac495271d0f") };
        var result = EffectsCheck.Check(other, Vault, TxId, new LocatedTransaction(Mined, Block), Receipt with { Logs = [] }, Canonical);
        Assert.Equal("asset", Assert.IsType<EffectsResult.Differs>(result).Field);
    }

    [Fact]
    public void Check_NotMined_IsNotFound()
    {
        Assert.IsType<EffectsResult.NotFound>(EffectsCheck.Check(Intent, Vault, TxId, null, null, null));
        Assert.IsType<EffectsResult.NotFound>(EffectsCheck.Check(Intent, Vault, TxId, new LocatedTransaction(Mined, null), null, Canonical));
    }

    [Fact]
    public void Check_HalfAnswers_AreUnknown()
    {
        Assert.IsType<EffectsResult.Unknown>(Check(Mined, null, Canonical));
        Assert.IsType<EffectsResult.Unknown>(Check(Mined, Receipt, null));
        Assert.IsType<EffectsResult.Unknown>(EffectsCheck.Check(Intent, Vault, TxId, null, Receipt, Canonical));
        Assert.IsType<EffectsResult.Unknown>(EffectsCheck.Check(Intent, Vault, TxId, new LocatedTransaction(Mined, null), Receipt, Canonical));
    }

    [Fact]
    public void Check_BlockThatIsNotInTheChain_IsUnknown()
    {
        Assert.IsType<EffectsResult.Unknown>(Check(Mined, Receipt, Canonical with { Hash = "0xc5" }));
        Assert.IsType<EffectsResult.Unknown>(Check(Mined, Receipt with { Block = new BlockPoint(5, "0xc5") }, Canonical));
        Assert.IsType<EffectsResult.Unknown>(Check(Mined, Receipt, Canonical with { Number = 6 }));
    }

    private static EffectsResult Check(EvmTransaction transaction, EvmReceipt? receipt, EvmHeader? canonical) =>
        EffectsCheck.Check(Intent, Vault, TxId, new LocatedTransaction(transaction, Block), receipt, canonical);
}
