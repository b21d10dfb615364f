using System.Numerics;
using System.Text;
using Custody.Comparison.Evm;

namespace Custody.Comparison.Tests.Evm;

public sealed class RlpReaderTests
{
    // ethereum/tests, RLPTests/invalidRLPTest.json.
    [Theory]
    [InlineData("bf0f000000000000021111")]
    [InlineData("ff0f000000000000021111")]
    [InlineData("f80180")]
    [InlineData("f80100")]
    [InlineData("b9002100dc2b275d0f74e8a53e6f4ec61b27f24278820be3f82ea2110e582081b0565df0")]
    [InlineData("8100")]
    [InlineData("8101")]
    [InlineData("817F")]
    [InlineData("b90040000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f")]
    [InlineData("b800")]
    [InlineData("fb00000040000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f")]
    [InlineData("f800")]
    [InlineData("b81000112233445566778899aabbccddeeff")]
    [InlineData("b801ff")]
    [InlineData("f810000102030405060708090a0b0c0d0e0f")]
    [InlineData("f803112233")]
    public void Read_PublishedInvalidItem_Faults(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.True(FaultOf(bytes, list: false) is not null && FaultOf(bytes, list: true) is not null);
    }

    [Fact]
    public void Read_PublishedRandomList_FaultsInside()
    {
        var list = new RlpReader(Convert.FromHexString(
            "f861f83eb9002100dc2b275d0f74e8a53e6f4ec61b27f24278820be3f82ea2110e582081b0565df027b90015002d5ef8325ae4d034df55d4b58d0dfba64d61ddd17"
            + "be00000b9001a00dae30907045a2f66fa36f2bb8aa9029cbb0b8a7b3b5c435ab331"));
        var items = new RlpReader(list.List("outer"));
        var inner = new RlpReader(items.List("inner"));
        inner.String("item");
        Assert.NotNull(inner.Fault);
    }

    // ethereum/tests, RLPTests/rlptest.json.
    [Theory]
    [InlineData("80", "")]
    [InlineData("00", "\0")]
    [InlineData("7f", "\u007f")]
    [InlineData("83646f67", "dog")]
    [InlineData("b74c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c69",
        "Lorem ipsum dolor sit amet, consectetur adipisicing eli")]
    [InlineData("b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974",
        "Lorem ipsum dolor sit amet, consectetur adipisicing elit")]
    public void String_PublishedItem_IsRead(string hex, string expected)
    {
        var reader = new RlpReader(Convert.FromHexString(hex));
        Assert.Equal(expected, Encoding.ASCII.GetString(reader.String("item")));
        reader.End("the item");
        Assert.Null(reader.Fault);
    }

    [Theory]
    [InlineData("80", "0")]
    [InlineData("01", "1")]
    [InlineData("8180", "128")]
    [InlineData("830186a0", "100000")]
    [InlineData("8f102030405060708090a0b0c0d0e0f2", "83729609699884896815286331701780722")]
    public void Integer_PublishedItem_IsRead(string hex, string expected)
    {
        var reader = new RlpReader(Convert.FromHexString(hex));
        Assert.Equal(BigInteger.Parse(expected, null), reader.Integer("item", 256));
        Assert.Null(reader.Fault);
    }

    [Theory]
    [InlineData("a1010000000000000000000000000000000000000000000000000000000000000000")] // 2^256
    [InlineData("00")]
    [InlineData("820001")]
    public void Integer_TooLongOrLeadingZero_Faults(string hex)
    {
        var reader = new RlpReader(Convert.FromHexString(hex));
        reader.Integer("item", 256);
        Assert.NotNull(reader.Fault);
    }

    [Fact]
    public void Read_AfterAFault_KeepsTheFirst()
    {
        var reader = new RlpReader([0xc0, 0x01]);
        Assert.True(reader.String("first").IsEmpty);
        Assert.True(reader.String("second").IsEmpty);
        Assert.Equal("first is a list", reader.Fault);
    }

    private static string? FaultOf(byte[] bytes, bool list)
    {
        var reader = new RlpReader(bytes);
        if (list)
        {
            var items = new RlpReader(reader.List("item"));
            while (reader.Fault is null && items is { Fault: null, AtEnd: false })
            {
                items.String("inner");
            }

            reader.End("the item");
            return reader.Fault ?? items.Fault;
        }

        reader.String("item");
        reader.End("the item");
        return reader.Fault;
    }
}
