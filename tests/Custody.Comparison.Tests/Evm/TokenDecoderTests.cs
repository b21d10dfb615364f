using System.Numerics;
using Custody.Comparison.Evm;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Evm;

public sealed class TokenDecoderTests
{
    private static readonly TransferDraft Good = TokenDraft.Of(TokenDraft.Call());

    [Fact]
    public void DecodeUnsigned_TokenTransfer_HasEveryField()
    {
        var decoded = Assert.IsType<EvmDecoding.Unsigned>(EvmTransactionDecoder.DecodeUnsigned(Good.Bytes()));
        Assert.Equal(
            new DecodedTransfer(
                31337, 7, 1_000_000_000, 30_000_000_000, 60_000, TransferDraft.RecipientText, TokenDraft.Amount, EvmForm.Eip1559, TokenDraft.ContractText),
            decoded.Transfer);
        Assert.Equal(BigInteger.Parse("1800000000000000"), decoded.Transfer.MaxTotalFee);
    }

    [Fact]
    public void DecodeSigned_TokenTransfer_HasSignerAndUnsignedBytes()
    {
        var decoded = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(Good.Signed(TestKey.Eip155)));
        Assert.Equal(TestKey.Eip155.PublicKey, decoded.Signer);
        Assert.Equal(Good.Bytes(), decoded.UnsignedBytes);
    }

    [Fact]
    public void DecodeSigned_LargestFields_StripsToTheBytesThatWereSigned()
    {
        var most = (BigInteger.One << 256) - 1;
        var draft = TokenDraft.Of(TokenDraft.Call(amount: most)) with
        {
            ChainId = Rlp.Number(ulong.MaxValue),
            Nonce = Rlp.Number(ulong.MaxValue - 1),
            Priority = Rlp.Number(most),
            MaxFee = Rlp.Number(most),
            Gas = Rlp.Number(ulong.MaxValue),
        };
        var decoded = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(draft.Signed(TestKey.Eip155)));
        Assert.Equal(draft.Bytes(), decoded.UnsignedBytes);
        Assert.Equal(most, decoded.Transfer.Value);
    }

    public static TheoryData<string, byte[]> WrongCalls() => new()
    {
        { "neither empty nor a call", TokenDraft.Call(selector: [0xa9, 0x05, 0x9c, 0xba]) },
        { "neither empty nor a call", TokenDraft.Call(selector: [0x23, 0xb8, 0x72, 0xdd]) }, // transferFrom
        { "neither empty nor a call", TokenDraft.Call(selector: [0x09, 0x5e, 0xa7, 0xb3]) }, // approve
        { "neither empty nor a call", [0xa9, 0x05, 0x9c] },
        { "data is shorter", [0xa9, 0x05, 0x9c, 0xbb] },
        { "data is shorter", TokenDraft.Call()[..^1] },
        { "data is longer", [.. TokenDraft.Call(), 0] },
        { "data is longer", [.. TokenDraft.Call(), .. new byte[32]] },
        { "upper bytes are not zero", TokenDraft.Call(padding: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) },
        { "upper bytes are not zero", TokenDraft.Call(padding: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80]) },
    };

    [Theory]
    [MemberData(nameof(WrongCalls))]
    public void DecodeUnsigned_AnotherCall_IsRefused(string reason, byte[] call) => AssertRefused(reason, TokenDraft.Of(call));

    [Fact]
    public void DecodeUnsigned_ValueWithATokenTransfer_IsRefused() => AssertRefused("value is not zero", Good with { Value = Rlp.Number(1) });

    [Fact]
    public void DecodeUnsigned_GasOfAPlainTransfer_IsRefused() => AssertRefused("gasLimit is 21000", Good with { Gas = Rlp.Number(21000) });

    [Fact]
    public void DecodeUnsigned_NoContract_IsRefused() => AssertRefused("to is not an address", Good with { To = Rlp.Text() });

    [Fact]
    public void DecodeUnsigned_AccessListBesideTheCall_IsRefused() =>
        AssertRefused("accessList is not empty", Good with { AccessList = Rlp.List(Rlp.List(Rlp.Text(TransferDraft.Recipient), Rlp.List())) });

    [Fact]
    public void DecodeSigned_HighS_IsRefused() =>
        Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeSigned(Good.Signed(TestKey.Eip155, highS: true)));

    [Fact]
    public void Decode_EveryPrefix_IsRefused()
    {
        var signed = Good.Signed(TestKey.Eip155);
        for (var length = 0; length < signed.Length; length++)
        {
            Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeSigned(signed.AsSpan(0, length)));
        }
    }

    private static void AssertRefused(string reason, TransferDraft draft)
    {
        var refused = Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeUnsigned(draft.Bytes()));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeSigned(draft.Signed(TestKey.Eip155)));
    }
}
