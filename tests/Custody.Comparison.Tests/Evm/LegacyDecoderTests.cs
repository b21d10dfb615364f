using System.Numerics;
using Custody.Comparison.Evm;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Evm;

public sealed class LegacyDecoderTests
{
    private static readonly LegacyDraft Good = new();

    [Fact]
    public void DecodeUnsigned_Transfer_HasEveryField()
    {
        var decoded = Assert.IsType<EvmDecoding.Unsigned>(EvmTransactionDecoder.DecodeUnsigned(Good.Bytes()));
        Assert.Equal(
            new DecodedTransfer(
                31337, 7, 30_000_000_000, 30_000_000_000, 21000, TransferDraft.RecipientText, BigInteger.Pow(10, 18), EvmForm.Legacy),
            decoded.Transfer);
        Assert.Equal(Custody.Core.Encoding.Keccak256.Hash(Good.Bytes()), decoded.Sighash);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(31337UL)]
    [InlineData(ulong.MaxValue)]
    public void DecodeSigned_Transfer_HasSignerAndUnsignedBytes(ulong chain)
    {
        var draft = Good with { ChainId = chain };
        var decoded = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(draft.Signed(TestKey.Eip155)));
        Assert.Equal(TestKey.Eip155.PublicKey, decoded.Signer);
        Assert.Equal(draft.Bytes(), decoded.UnsignedBytes);
        Assert.Equal(chain, decoded.Transfer.ChainId);
    }

    [Fact]
    public void DecodeSigned_TokenTransfer_IsRead()
    {
        var token = TokenDraft.Of(TokenDraft.Call());
        var draft = Good with { Gas = token.Gas, To = token.To, Value = token.Value, Data = token.Data };
        var decoded = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(draft.Signed(TestKey.Eip155)));
        Assert.Equal((TokenDraft.ContractText, TransferDraft.RecipientText, TokenDraft.Amount), (decoded.Transfer.Token, decoded.Transfer.To, decoded.Transfer.Value));
        Assert.Equal(draft.Bytes(), decoded.UnsignedBytes);
    }

    public static TheoryData<string, byte[]> WrongUnsigned() => new()
    {
        { "chainId is missing", (Good with { Tail = [] }).Bytes() },
        { "chainId is zero", (Good with { Tail = [Rlp.Number(0), Rlp.Number(0), Rlp.Number(0)] }).Bytes() },
        { "the empty s is missing", (Good with { Tail = [Rlp.Number(1), Rlp.Number(0)] }).Bytes() },
        { "signature is not empty", (Good with { Tail = [Rlp.Number(1), Rlp.Number(1), Rlp.Number(0)] }).Bytes() },
        { "signature is not empty", (Good with { Tail = [Rlp.Number(1), Rlp.Number(0), Rlp.Number(1)] }).Bytes() },
        { "the empty r has a leading zero", (Good with { Tail = [Rlp.Number(1), [0], Rlp.Number(0)] }).Bytes() },
        { "empty signature is followed", (Good with { Tail = [Rlp.Number(1), Rlp.Number(0), Rlp.Number(0), Rlp.Number(0)] }).Bytes() },
        { "the transaction is followed", [.. Good.Bytes(), 0] },
        { "gasPrice has a leading zero", (Good with { GasPrice = Rlp.Text(0, 200) }).Bytes() },
        { "nonce is beyond", (Good with { Nonce = Rlp.Number(ulong.MaxValue) }).Bytes() },
        { "gasLimit is 21001", (Good with { Gas = Rlp.Number(21001) }).Bytes() },
        { "to is not an address", (Good with { To = Rlp.Text() }).Bytes() },
        { "neither empty nor a call", (Good with { Data = Rlp.Text(0x60, 0x60) }).Bytes() },
    };

    [Theory]
    [MemberData(nameof(WrongUnsigned))]
    public void DecodeUnsigned_WrongField_IsRefused(string reason, byte[] bytes) => AssertRefused(reason, EvmTransactionDecoder.DecodeUnsigned(bytes));

    public static TheoryData<string, BigInteger> WrongV() => new()
    {
        { "bound to no chain", 0 },
        { "bound to no chain", 27 },
        { "bound to no chain", 28 },
        { "bound to no chain", 35 },
        { "bound to no chain", 36 },
        { "longer than 64 bits", (BigInteger.One << 65) + 35 },
        { "longer than 72 bits", BigInteger.One << 72 },
    };

    [Theory]
    [MemberData(nameof(WrongV))]
    public void DecodeSigned_VOfNoChain_IsRefused(string reason, BigInteger v) =>
        AssertRefused(reason, EvmTransactionDecoder.DecodeSigned(Good.SignedWith(Rlp.Number(v), Rlp.Number(1), Rlp.Number(1))));

    [Fact]
    public void DecodeSigned_VOfAnotherChain_RecoversAnotherSigner()
    {
        var (r, s, parity) = TestKey.Eip155.Sign(Custody.Core.Encoding.Keccak256.Hash(Good.Bytes()));
        var moved = Good.SignedWith(Rlp.Number(37 + parity), Rlp.Number(new BigInteger(r, true, true)), Rlp.Number(new BigInteger(s, true, true)));
        var decoded = EvmTransactionDecoder.DecodeSigned(moved) as EvmDecoding.Signed;
        Assert.NotEqual(TestKey.Eip155.PublicKey, decoded?.Signer);
    }

    [Fact]
    public void DecodeSigned_HighS_IsRefused() => AssertRefused("upper half", EvmTransactionDecoder.DecodeSigned(Good.Signed(TestKey.Eip155, highS: true)));

    [Fact]
    public void DecodeSigned_UnsignedBytes_AreRefused() => Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeSigned(Good.Bytes()));

    [Fact]
    public void DecodeUnsigned_SignedBytes_AreRefused() =>
        Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeUnsigned(Good.Signed(TestKey.Eip155)));

    [Fact]
    public void Decode_EveryPrefix_IsRefused()
    {
        var signed = Good.Signed(TestKey.Eip155);
        for (var length = 0; length < signed.Length; length++)
        {
            Assert.IsType<EvmDecoding.Malformed>(EvmTransactionDecoder.DecodeSigned(signed.AsSpan(0, length)));
        }
    }

    private static void AssertRefused(string reason, EvmDecoding decoding) =>
        Assert.Contains(reason, Assert.IsType<EvmDecoding.Malformed>(decoding).Reason, StringComparison.Ordinal);
}
