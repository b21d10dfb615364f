using Custody.Comparison.Bitcoin;
using Custody.Core.Assets;
using Custody.Core.Transactions;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Bitcoin;

public sealed class BitcoinUnsignedReaderTests
{
    private static readonly SpendDraft Draft = new();
    private static readonly BitcoinUnsignedReader Reader = new(SampleSpend.Native);

    [Fact]
    public void Read_Spend_GivesFactsThatMatchTheIntent()
    {
        var decoded = Assert.IsType<BitcoinUnsignedReading.Decoded>(Read(Draft));

        Assert.True(IntentMatch.Holds(IntentMatch.Compare(SampleSpend.Intent(), decoded.Facts)));
        Assert.Equal(SampleSpend.Coins.Select(c => new TransactionSlot(c.Outpoint)), decoded.Facts.Slots);
        Assert.Equal((2_000, 10, 8_000), (decoded.Facts.MaxTotalFee, decoded.Facts.MaxFeeRate, decoded.Change!.Amount));
        Assert.Equal([Draft.Digest(0), Draft.Digest(1)], decoded.Sighashes);
    }

    [Theory]
    [InlineData("More than one output")]
    [InlineData("no address")]
    [InlineData("not proved")]
    [InlineData("not a registered")]
    public void Read_WhatTheGateMayNotSign_IsMalformed(string reason)
    {
        var payment = (SpendDraft.Payment, SpendDraft.RecipientScript);
        var reading = reason switch
        {
            "More than one output" => Read(Draft with { Outputs = [payment, (4_000, SpendDraft.Own), (4_000, SpendDraft.Own)] }),
            "no address" => Read(Draft with { Outputs = [payment, (0, [0x6a])] }),
            "not proved" => Read(Draft with { Inputs = [.. Draft.Inputs, (new byte[32], 0, 1)] }),
            "not a registered" => Reader.Read(ChainId.Parse("bip122:000000000019d6689c085ae165831e93"), Draft.Unsigned(), SpendDraft.Key, SampleSpend.Coins),
            _ => throw new ArgumentOutOfRangeException(nameof(reason)),
        };

        Assert.Contains(reason, Assert.IsType<BitcoinUnsignedReading.Malformed>(reading).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CoinsOfAnotherKey_AreMalformed() => Assert.IsType<BitcoinUnsignedReading.Malformed>(
        Reader.Read(SampleSpend.Asset.Chain, Draft.Unsigned(), RegisteredKey.Of(TestKey.Eip155.PublicKey)!, SampleSpend.Coins));

    [Fact]
    public void Read_SignedBytes_AreMalformed() => Assert.IsType<BitcoinUnsignedReading.Malformed>(
        Reader.Read(SampleSpend.Asset.Chain, Draft.Signed(), SpendDraft.Key, SampleSpend.Coins));

    private static BitcoinUnsignedReading Read(SpendDraft draft) => Reader.Read(SampleSpend.Asset.Chain, draft.Unsigned(), SpendDraft.Key, SampleSpend.Coins);
}
