using Custody.Chains.Evm;
using Custody.Core.Assets;

namespace Custody.Chains.Tests.Evm.Quorum;

/// <summary>Any difference in an answer shows in its key, and none shows where there is none.</summary>
public sealed class AnswerKeyTests
{
    private static readonly EvmAddress One = EvmAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    private static readonly EvmAddress Other = EvmAddress.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    private static readonly EvmHeader Header = new(7, "0x7", "0x6", DateTimeOffset.UnixEpoch, 5);
    private static readonly EvmTransaction Payment = new("0xa", One, Other, 3, 4, 0, 31337);

    private static EvmLog Log => new(One, ["0x1", "0x2"], "0x03");

    private static EvmReceipt Receipt => new("0xa", new BlockPoint(7, "0x7"), true, 21000, 9, [Log]);

    [Fact]
    public void Of_EqualAnswers_AreEqual()
    {
        Assert.Equal(AnswerKey.Of(Receipt), AnswerKey.Of(Receipt));
        Assert.Equal(AnswerKey.Of(new EvmBlock(Header, [Payment])), AnswerKey.Of(new EvmBlock(Header with { }, [Payment with { }])));
        Assert.Equal(AnswerKey.Of([1, 2]), AnswerKey.Of([1, 2]));
    }

    [Fact]
    public void Of_AnyOtherHeader_Differs() => AllDiffer(
    [
        .. new[]
        {
            Header, Header with { Number = 8 }, Header with { Hash = "0x8" }, Header with { ParentHash = "0x8" }, Header with { Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(1) },
            Header with { BaseFee = 6 }, Header with { BaseFee = null },
        }.Select(h => AnswerKey.Of(h)),
    ]);

    [Fact]
    public void Of_AnyOtherTransaction_Differs() => AllDiffer(
    [
        .. new[]
        {
            Payment, Payment with { Hash = "0xb" }, Payment with { From = Other }, Payment with { To = One }, Payment with { To = null }, Payment with { Value = 4 },
            Payment with { Nonce = 5 }, Payment with { InputLength = 1 }, Payment with { ChainId = null },
        }.Select(t => AnswerKey.Of(t)),
    ]);

    [Fact]
    public void Of_AnyOtherPlaceOrReceipt_Differs()
    {
        AllDiffer(
        [
            AnswerKey.Of(new LocatedTransaction(Payment, null)), AnswerKey.Of(new LocatedTransaction(Payment, new BlockPoint(7, "0x7"))),
            AnswerKey.Of(new LocatedTransaction(Payment, new BlockPoint(7, "0x8"))), AnswerKey.Of(new LocatedTransaction(Payment, new BlockPoint(8, "0x7"))),
        ]);
        AllDiffer(
        [
            .. new[]
            {
                Receipt, Receipt with { TxId = "0xb" }, Receipt with { Block = new BlockPoint(7, "0x8") }, Receipt with { Succeeded = false }, Receipt with { GasUsed = 1 },
                Receipt with { EffectiveGasPrice = 1 }, Receipt with { Logs = null }, Receipt with { Logs = [] }, Receipt with { Logs = [Log, Log] },
                Receipt with { Logs = [Log with { Address = Other }] }, Receipt with { Logs = [Log with { Data = "0x04" }] }, Receipt with { Logs = [Log with { Topics = ["0x1"] }] },
                Receipt with { Logs = [Log with { Topics = ["0x1", "0x2", "0x03"], Data = "0x" }] },
            }.Select(r => AnswerKey.Of(r)),
        ]);
    }

    [Fact]
    public void Of_BlocksWithOtherTransactions_Differ() => AllDiffer(
        [AnswerKey.Of(new EvmBlock(Header, [])), AnswerKey.Of(new EvmBlock(Header, [Payment])), AnswerKey.Of(new EvmBlock(Header, [Payment, Payment]))]);

    [Fact]
    public void Of_NoCodeAndARevert_Differ() => AllDiffer([AnswerKey.Of((byte[]?)null), AnswerKey.Of(Array.Empty<byte>()), AnswerKey.Of(new byte[] { 0 })]);

    private static void AllDiffer(IReadOnlyList<string> keys) => Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
}
