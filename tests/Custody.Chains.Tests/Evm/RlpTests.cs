using System.Numerics;
using System.Text;
using Custody.Chains.Evm;

namespace Custody.Chains.Tests.Evm;

/// <summary>ethereum/tests, RLPTests/rlptest.json.</summary>
public sealed class RlpTests
{
    [Theory]
    [InlineData("", "80")]
    [InlineData("\0", "00")]
    [InlineData("\u0001", "01")]
    [InlineData("\u007f", "7f")]
    [InlineData("dog", "83646f67")]
    [InlineData("Lorem ipsum dolor sit amet, consectetur adipisicing eli",
        "b74c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c69")]
    [InlineData("Lorem ipsum dolor sit amet, consectetur adipisicing elit",
        "b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974")]
    public void Bytes_PublishedString_IsEncoded(string text, string hex) => Assert.Equal(hex, Hex(Rlp.Bytes(Encoding.ASCII.GetBytes(text))));

    [Theory]
    [InlineData("0", "80")]
    [InlineData("1", "01")]
    [InlineData("16", "10")]
    [InlineData("79", "4f")]
    [InlineData("127", "7f")]
    [InlineData("128", "8180")]
    [InlineData("1000", "8203e8")]
    [InlineData("100000", "830186a0")]
    [InlineData("83729609699884896815286331701780722", "8f102030405060708090a0b0c0d0e0f2")]
    [InlineData("105315505618206987246253880190783558935785933862974822347068935681", "9c0100020003000400050006000700080009000a000b000c000d000e01")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936", "a1010000000000000000000000000000000000000000000000000000000000000000")]
    public void Integer_PublishedNumber_IsEncoded(string number, string hex) => Assert.Equal(hex, Hex(Rlp.Integer(BigInteger.Parse(number, null))));

    [Fact]
    public void Integer_Negative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Rlp.Integer(-1));

    [Fact]
    public void List_PublishedLists_AreEncoded()
    {
        Assert.Equal("c0", Hex(Rlp.List()));
        Assert.Equal("cc83646f6783676f6483636174", Hex(Rlp.List(Text("dog"), Text("god"), Text("cat"))));
        Assert.Equal("c6827a77c10401", Hex(Rlp.List(Text("zw"), Rlp.List(Rlp.Integer(4)), Rlp.Integer(1))));
        Assert.Equal("c7c0c1c0c3c0c1c0", Hex(Rlp.List(Rlp.List(), Rlp.List(Rlp.List()), Rlp.List(Rlp.List(), Rlp.List(Rlp.List())))));
    }

    [Fact]
    public void List_PublishedLongLists_AreEncoded()
    {
        const string Item = "cf84617364668471776572847a786376";
        var item = Rlp.List(Text("asdf"), Text("qwer"), Text("zxcv"));
        Assert.Equal("f840" + string.Concat(Enumerable.Repeat(Item, 4)), Hex(Rlp.List(item, item, item, item)));
        Assert.Equal("f90200" + string.Concat(Enumerable.Repeat(Item, 32)), Hex(Rlp.List([.. Enumerable.Repeat(item, 32)])));
    }

    [Fact]
    public void List_Eip155Example_IsThePublishedPreimage() => Assert.Equal(
        "ec098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a764000080018080",
        Hex(Rlp.List(
            Rlp.Integer(9), Rlp.Integer(20_000_000_000), Rlp.Integer(21000), Rlp.Bytes(Enumerable.Repeat((byte)0x35, 20).ToArray()),
            Rlp.Integer(BigInteger.Pow(10, 18)), Rlp.Bytes([]), Rlp.Integer(1), Rlp.Integer(0), Rlp.Integer(0))));

    private static byte[] Text(string text) => Rlp.Bytes(Encoding.ASCII.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
