using System.Numerics;
using Custody.Comparison.Evm;
using Custody.Core.Assets;
using Custody.Core.Transactions;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Evm;

public sealed class EvmUnsignedReaderTests
{
    private static readonly ChainId Local = ChainId.Parse("eip155:31337");
    private static readonly AssetId Sepolia = AssetId.Parse("eip155:11155111/slip44:1");
    private static readonly EvmUnsignedReader Reader = new(new Dictionary<ChainId, AssetId>
    {
        [Local] = SampleIntent.LocalEther,
        [Sepolia.Chain] = Sepolia,
    });

    [Fact]
    public void Read_Transfer_GivesFactsThatMatchTheIntent()
    {
        var decoded = Assert.IsType<UnsignedReading.Decoded>(Reader.Read(Local, new TransferDraft().Bytes()));
        var intent = SampleIntent.Create(TransferDraft.RecipientText, BigInteger.Pow(10, 18));
        Assert.True(IntentMatch.Holds(IntentMatch.Compare(intent, decoded.Facts)));
        Assert.Equal([new TransactionSlot("7")], decoded.Facts.Slots);
        Assert.Equal(32, decoded.Sighash.Length);
    }

    [Fact]
    public void Read_ChainWithAnotherCoinType_UsesItsRegisteredAsset()
    {
        var bytes = (new TransferDraft() with { ChainId = Rlp.Number(11155111) }).Bytes();
        var decoded = Assert.IsType<UnsignedReading.Decoded>(Reader.Read(Sepolia.Chain, bytes));
        Assert.Equal(Sepolia, decoded.Facts.Payments.Single().Asset);
    }

    [Fact]
    public void Read_BytesOfAnotherRegisteredChain_AreMalformed() =>
        Assert.IsType<UnsignedReading.Malformed>(Reader.Read(Sepolia.Chain, new TransferDraft().Bytes()));

    [Fact]
    public void Read_UnregisteredChain_IsMalformed() => Assert.IsType<UnsignedReading.Malformed>(
        Reader.Read(ChainId.Parse("eip155:1"), (new TransferDraft() with { ChainId = Rlp.Number(1) }).Bytes()));

    [Fact]
    public void Read_SignedBytes_AreMalformed() =>
        Assert.IsType<UnsignedReading.Malformed>(Reader.Read(Local, new TransferDraft().Signed(TestKey.Funded)));

    [Fact]
    public void Read_RegisteredToken_GivesFactsThatMatchTheIntent()
    {
        var decoded = Assert.IsType<UnsignedReading.Decoded>(Tokens().Read(Local, TokenDraft.Of(TokenDraft.Call()).Bytes()));
        var intent = SampleIntent.Create(TransferDraft.RecipientText, TokenDraft.Amount) with { Asset = TokenDraft.Asset };
        Assert.True(IntentMatch.Holds(IntentMatch.Compare(intent, decoded.Facts)));
    }

    [Fact]
    public void Read_ContractThatIsNoRegisteredToken_IsMalformed() => AssertMalformed("no registered token", Reader, TokenDraft.Of(TokenDraft.Call()).Bytes());

    [Fact]
    public void Read_TokenOfAnotherChain_IsMalformed() => AssertMalformed(
        "no registered token", Tokens(), (TokenDraft.Of(TokenDraft.Call()) with { ChainId = Rlp.Number(11155111) }).Bytes(), Sepolia.Chain);

    [Fact]
    public void Read_GasAboveTheGovernedCeiling_IsMalformed() => AssertMalformed(
        "above the governed ceiling", Tokens(), (TokenDraft.Of(TokenDraft.Call()) with { Gas = Rlp.Number(100_001) }).Bytes());

    [Fact]
    public void Read_GasAtTheGovernedCeiling_IsRead() => Assert.IsType<UnsignedReading.Decoded>(
        Tokens().Read(Local, (TokenDraft.Of(TokenDraft.Call()) with { Gas = Rlp.Number(100_000) }).Bytes()));

    [Fact]
    public void Read_LegacyTransaction_IsMalformed() => AssertMalformed("legacy", Reader, new LegacyDraft().Bytes());

    private static EvmUnsignedReader Tokens() => new(
        new Dictionary<ChainId, AssetId> { [Local] = SampleIntent.LocalEther, [Sepolia.Chain] = Sepolia }, TokenDraft.Gas);

    private static void AssertMalformed(string reason, EvmUnsignedReader reader, byte[] bytes, ChainId? chain = null) => Assert.Contains(
        reason, Assert.IsType<UnsignedReading.Malformed>(reader.Read(chain ?? Local, bytes)).Reason, StringComparison.Ordinal);
}
