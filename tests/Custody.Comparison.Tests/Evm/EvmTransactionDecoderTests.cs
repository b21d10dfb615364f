using System.Numerics;
using Custody.Comparison.Evm;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Evm;

public sealed class EvmTransactionDecoderTests
{
    private static readonly TransferDraft Good = new();
    private static readonly BigInteger TwoTo256 = BigInteger.One << 256;

    [Fact]
    public void DecodeUnsigned_Transfer_HasEveryField()
    {
        var decoded = Assert.IsType<EvmDecoding.Unsigned>(EvmTransactionDecoder.DecodeUnsigned(Good.Bytes()));
        Assert.Equal(
            new DecodedTransfer(31337, 7, 1_000_000_000, 30_000_000_000, 21000, TransferDraft.RecipientText, BigInteger.Pow(10, 18)),
            decoded.Transfer);
        Assert.Equal(Custody.Core.Encoding.Keccak256.Hash(Good.Bytes()), decoded.Sighash);
        Assert.Equal(BigInteger.Parse("630000000000000"), decoded.Transfer.MaxTotalFee);
    }

    [Fact]
    public void DecodeSigned_Transfer_HasSignerAndUnsignedBytes()
    {
        var decoded = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(Good.Signed(TestKey.Eip155)));
        Assert.Equal(TestKey.Eip155.PublicKey, decoded.Signer);
        Assert.Equal(Good.Bytes(), decoded.UnsignedBytes);
    }

    [Fact]
    public void DecodeSigned_LargestFields_StripsToTheLongListForm()
    {
        var most = Rlp.Number(TwoTo256 - 1);
        var draft = Good with { Value = most, MaxFee = most, Priority = most, ChainId = Rlp.Number(ulong.MaxValue), Nonce = Rlp.Number(ulong.MaxValue - 1) };
        var decoded = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(draft.Signed(TestKey.Eip155)));
        Assert.Equal(draft.Bytes(), decoded.UnsignedBytes);
        Assert.Equal(TestKey.Eip155.PublicKey, decoded.Signer);
    }

    [Fact]
    public void DecodeSigned_EveryLengthOfValue_StripsToTheFormThatWasSigned()
    {
        // The signed list is 33 to 65 bytes long here, on both sides of the 55 where its header changes form.
        for (var bytes = 0; bytes <= 32; bytes++)
        {
            var draft = Good with { Value = Rlp.Number((BigInteger.One << (8 * bytes)) - 1), MaxFee = Rlp.Number(1), Priority = Rlp.Number(0) };
            var decoded = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(draft.Signed(TestKey.Eip155)));
            Assert.Equal(draft.Bytes(), decoded.UnsignedBytes);
        }
    }

    public static TheoryData<string, byte[]> WrongFields() => new()
    {
        { "type byte", (Good with { Type = [1] }).Bytes() },
        { "type byte", (Good with { Type = [3] }).Bytes() },
        { "to is not an address", (Good with { Type = [] }).Bytes() },
        { "type byte", [] },
        { "the transaction is missing", [2] },
        { "the transaction is not a list", [2, .. Rlp.Text([.. Good.Bytes()[3..]])] },
        { "the transaction is followed by more bytes", [.. Good.Bytes(), 0] },
        { "the access list is followed by more bytes", (Good with { More = [Rlp.Number(1)] }).Bytes() },
        { "accessList is missing", [2, .. Rlp.List(Good.Items[..8])] },
        { "chainId is missing", [2, .. Rlp.List()] },
        { "chainId is zero", (Good with { ChainId = Rlp.Number(0) }).Bytes() },
        { "chainId is longer than 64 bits", (Good with { ChainId = Rlp.Number(BigInteger.One << 64) }).Bytes() },
        { "chainId has a leading zero", (Good with { ChainId = Rlp.Text(0, 1) }).Bytes() },
        { "chainId is a list", (Good with { ChainId = Rlp.List() }).Bytes() },
        { "chainId is a single byte with a needless header", (Good with { ChainId = [0x81, 1] }).Bytes() },
        { "nonce is beyond", (Good with { Nonce = Rlp.Number(ulong.MaxValue) }).Bytes() },
        { "nonce has a leading zero", (Good with { Nonce = [0] }).Bytes() },
        { "maxPriorityFeePerGas is above", (Good with { Priority = Rlp.Number(30_000_000_001) }).Bytes() },
        { "maxFeePerGas is longer than 256 bits", (Good with { MaxFee = Rlp.Number(TwoTo256) }).Bytes() },
        { "gasLimit is 20999", (Good with { Gas = Rlp.Number(20999) }).Bytes() },
        { "gasLimit is 21001", (Good with { Gas = Rlp.Number(21001) }).Bytes() },
        { "to is not an address", (Good with { To = Rlp.Text() }).Bytes() },
        { "to is not an address", (Good with { To = Rlp.Text(TransferDraft.Recipient[..19]) }).Bytes() },
        { "to is not an address", (Good with { To = Rlp.Text([.. TransferDraft.Recipient, 0]) }).Bytes() },
        { "value is longer than 256 bits", (Good with { Value = Rlp.Number(TwoTo256) }).Bytes() },
        { "value has a length that is not in its shortest form", (Good with { Value = [0xb8, 2, 1, 1] }).Bytes() },
        { "data is shorter", (Good with { Data = Rlp.Text(0xa9, 0x05, 0x9c, 0xbb) }).Bytes() },
        { "data is neither empty nor a call", (Good with { Data = [0] }).Bytes() },
        { "data is a list", (Good with { Data = Rlp.List() }).Bytes() },
        { "accessList is not empty", (Good with { AccessList = Rlp.List(Rlp.List(Rlp.Text(TransferDraft.Recipient), Rlp.List())) }).Bytes() },
        { "accessList is not a list", (Good with { AccessList = Rlp.Text() }).Bytes() },
    };

    [Theory]
    [MemberData(nameof(WrongFields))]
    public void DecodeUnsigned_WrongField_IsRefused(string reason, byte[] bytes)
    {
        var refused = Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeUnsigned(bytes));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void DecodeUnsigned_SignedBytes_AreRefused() =>
        Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeUnsigned(Good.Signed(TestKey.Eip155)));

    [Fact]
    public void DecodeSigned_UnsignedBytes_AreRefused() =>
        Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeSigned(Good.Bytes()));

    public static TheoryData<string, byte[], byte[], byte[]> WrongSignatures()
    {
        var one = Rlp.Number(1);
        var order = TestKey.Order;
        return new()
        {
            { "yParity is neither", Rlp.Number(2), one, one },
            { "yParity is neither", Rlp.Number(27), one, one },
            { "yParity has a leading zero", [0], one, one },
            { "yParity is longer", Rlp.Number(256), one, one },
            { "r is not between", one, Rlp.Number(0), one },
            { "r is not between", one, Rlp.Number(order), one },
            { "r is longer", one, Rlp.Number(TwoTo256), one },
            { "r has a leading zero", one, Rlp.Text(0, 200), one },
            { "s is not between", one, one, Rlp.Number(0) },
            { "s is not between", one, one, Rlp.Number(order) },
            { "s is in the upper half", one, one, Rlp.Number((order / 2) + 1) },
            { "s is in the upper half", one, one, Rlp.Number(order - 1) },
            { "belongs to no key", one, Rlp.Number(5), one }, // 5³ + 7 has no square root
        };
    }

    [Theory]
    [MemberData(nameof(WrongSignatures))]
    public void DecodeSigned_WrongSignature_IsRefused(string reason, byte[] yParity, byte[] r, byte[] s)
    {
        var refused = Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeSigned(Good.SignedWith(yParity, r, s)));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void DecodeSigned_LargestLowS_IsAccepted() => Assert.IsType<EvmDecoding.Signed>(
        EvmTransactionDecoder.DecodeSigned(Good.SignedWith(Rlp.Number(0), Rlp.Number(1), Rlp.Number(TestKey.Order / 2))));

    [Fact]
    public void DecodeSigned_HighSOfTheRightKey_IsRefused() =>
        Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeSigned(Good.Signed(TestKey.Eip155, highS: true)));

    [Fact]
    public void DecodeSigned_MoreItems_AreRefused()
    {
        var signed = EvmTransactionDecoder.DecodeSigned(Good.SignedWith(Rlp.Number(0), Rlp.Number(1), [.. Rlp.Number(1), .. Rlp.Number(1)]));
        Assert.Contains("the signature is followed", Assert.IsType<EvmDecoding.Malformed>(signed).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_EveryPrefix_IsRefused()
    {
        var signed = Good.Signed(TestKey.Eip155);
        for (var length = 0; length < signed.Length; length++)
        {
            Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeSigned(signed.AsSpan(0, length)));
        }
    }
}
