using System.Numerics;
using Custody.Comparison.Bitcoin;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Bitcoin;

public sealed class BitcoinTransactionDecoderTests
{
    private static readonly SpendDraft Draft = new();

    [Fact]
    public void DecodeSigned_Spend_HasEveryField()
    {
        var decoded = Assert.IsType<BitcoinDecoding.Signed>(BitcoinTransactionDecoder.DecodeSigned(Draft.Signed()));

        Assert.Equal([$"{SpendDraft.First.Id}:1", $"{SpendDraft.Second.Id}:0"], decoded.Spend.Inputs.Select(i => i.Outpoint));
        Assert.All(decoded.Spend.Inputs, i => Assert.Equal(SpendDraft.Replaceable, i.Sequence));
        Assert.Equal([SpendDraft.Payment, 8_000], decoded.Spend.Outputs.Select(o => o.Amount));
        Assert.Equal([SpendDraft.RecipientScript, SpendDraft.Own], decoded.Spend.Outputs.Select(o => o.Script));
        Assert.Equal(800_000u, decoded.Spend.LockTime);
        Assert.Equal(Draft.Unsigned(), decoded.UnsignedBytes);
        Assert.All(decoded.Signatures, s => Assert.Equal(SpendDraft.Compressed(SpendDraft.Vault), s.PublicKey));
    }

    public static TheoryData<string, byte[]> Wrong => new()
    {
        { "the version is not 2", (Draft with { Version = 1 }).Signed() },
        { "the version is not 2", (Draft with { Version = 3 }).Signed() },
        { "marker and flag", Draft.Unsigned() },
        { "marker and flag", (Draft with { MarkerAndFlag = [0, 2] }).Signed() },
        { "marker and flag", (Draft with { MarkerAndFlag = [] }).Signed() },
        { "an unlocking script is not empty", (Draft with { ScriptSig = [0x51] }).Signed() },
        { "there are no inputs", (Draft with { Inputs = [] }).Signed() },
        { "there are no outputs", (Draft with { Outputs = [] }).Signed() },
        { "an output is spent twice", (Draft with { Inputs = [Draft.Inputs[0], Draft.Inputs[0]] }).Signed() },
        { "the amounts are more than there can be", (Draft with { Outputs = [(2_100_000_000_000_001, SpendDraft.Own)] }).Signed() },
        { "the amounts are more than there can be", (Draft with { Outputs = [(2_100_000_000_000_000, SpendDraft.Own), (1, SpendDraft.Own)] }).Signed() },
        { "the amounts are more than there can be", (Draft with { Outputs = [(-1, SpendDraft.Own)] }).Signed() },
        { "a witness is not a signature and a key", (Draft with { More = [[0x50, 1]] }).Signed() },
        { "a witness is not a signature and a key", Draft.SignedWith([[0], [0]]) },
        { "a hash type is not ALL", (Draft with { HashType = 0x81 }).Signed() },
        { "s is in the upper half", (Draft with { HighS = true }).Signed() },
        { "1 bytes follow the lock time", [.. Draft.Signed(), 0] },
        { "longer than the bytes", Draft.Signed()[..^1] },
        { "a witness is not a signature and a key", Draft.SignedWith([Draft.Witness(0)]) },
        { "not in its shortest form", Reencoded([0xfd, 2, 0]) },
        { "not in its shortest form", Reencoded([0xfe, 2, 0, 0, 0]) },
        { "not in its shortest form", Reencoded([0xff, 2, 0, 0, 0, 0, 0, 0, 0]) },
        { "more than nodes relay", new byte[400_001] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void DecodeSigned_AnythingElse_IsRefused(string reason, byte[] bytes)
    {
        var malformed = Assert.IsType<BitcoinDecoding.Malformed>(BitcoinTransactionDecoder.DecodeSigned(bytes));

        Assert.Contains(reason, malformed.Reason, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], byte[]> WrongWitnesses()
    {
        var key = SpendDraft.Compressed(SpendDraft.Vault);
        var one = Scalar(BigInteger.One);
        var good = Signature(one, one);
        return new()
        {
            { "not compressed", good, SpendDraft.Vault.PublicKey },
            { "not compressed", good, [4, .. key.AsSpan(1)] },
            { "not compressed", good, key[..32] },
            { "too short or too long", [], key },
            { "too short or too long", [1], key },
            { "too short or too long", Signature(Scalar(BigInteger.One << 255), [2, 34, .. new byte[34]]), key },
            { "not DER", [0x31, .. good.AsSpan(1)], key },
            { "not DER", [0x30, 7, .. good.AsSpan(2)], key },
            { "not DER", [.. good[..^1], 0, 1], key },
            { "not DER", Signature([3, 1, 1], one), key },
            { "not DER", Signature([2, 0], [2, 2, 1, 1]), key },
            { "not DER", Signature([2, 1, 0x80], one), key },
            { "not DER", Signature([2, 2, 0, 1], one), key },
            { "not DER", Signature(one, [2, 2, 0, 1]), key },
            { "not DER", [0x30, 8, 2, 2, 1, 1, 2, 2, 1, 1, 1, 1], key },
            { "r or s is not between", Signature([2, 1, 0], one), key },
            { "r or s is not between", Signature(one, [2, 1, 0]), key },
            { "r or s is not between", Signature(Scalar(TestKey.Order), one), key },
            { "upper half", Signature(one, Scalar((TestKey.Order / 2) + 1)), key },
        };
    }

    [Theory]
    [MemberData(nameof(WrongWitnesses))]
    public void DecodeSigned_WrongWitness_IsRefused(string reason, byte[] signature, byte[] key)
    {
        var witness = WireWriter.List([WireWriter.Text(signature), WireWriter.Text(key)]);
        var malformed = Assert.IsType<BitcoinDecoding.Malformed>(BitcoinTransactionDecoder.DecodeSigned(Draft.SignedWith([witness, witness])));

        Assert.Contains(reason, malformed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void DecodeSigned_LargestLowS_IsAccepted()
    {
        var witness = WireWriter.List([WireWriter.Text(Signature(Scalar(TestKey.Order - 1), Scalar(TestKey.Order / 2))), WireWriter.Text(SpendDraft.Compressed(SpendDraft.Vault))]);

        Assert.IsType<BitcoinDecoding.Signed>(BitcoinTransactionDecoder.DecodeSigned(Draft.SignedWith([witness, witness])));
    }

    [Fact]
    public void Decode_EveryPrefix_IsRefused()
    {
        var (signed, unsigned) = (Draft.Signed(), Draft.Unsigned());
        Assert.All(Enumerable.Range(0, signed.Length), n => Assert.IsType<BitcoinDecoding.Malformed>(BitcoinTransactionDecoder.DecodeSigned(signed.AsSpan(0, n))));
        Assert.All(Enumerable.Range(0, unsigned.Length), n => Assert.IsType<BitcoinDecoding.Malformed>(BitcoinTransactionDecoder.DecodeUnsigned(unsigned.AsSpan(0, n))));
    }

    [Fact]
    public void DecodeUnsigned_SignedBytes_AreRefused() => Assert.IsType<BitcoinDecoding.Malformed>(BitcoinTransactionDecoder.DecodeUnsigned(Draft.Signed()));

    // The number of inputs in another form.
    private static byte[] Reencoded(byte[] count) => [.. Draft.Signed()[..6], .. count, .. Draft.Signed()[7..]];

    private static byte[] Signature(byte[] r, byte[] s) => [0x30, (byte)(r.Length + s.Length), .. r, .. s, 1];

    private static byte[] Scalar(BigInteger value)
    {
        var digits = value.ToByteArray(isUnsigned: false, isBigEndian: true);
        return [2, (byte)digits.Length, .. digits];
    }
}
