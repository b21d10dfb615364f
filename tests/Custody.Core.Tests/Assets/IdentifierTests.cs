using Custody.Core.Assets;
using Custody.Core.Intents;
using Xunit;

namespace Custody.Core.Tests.Assets;

public sealed class IdentifierTests
{
    [Theory]
    // EIP-55's own test vectors.
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void EvmAddress_ChecksummedText_IsItsOwnForm(string text)
    {
        Assert.Equal(text, EvmAddress.Parse(text).ToString());
        Assert.Equal(EvmAddress.Parse(text), EvmAddress.Parse(text.ToLowerInvariant()));
        Assert.Equal(EvmAddress.Parse(text), EvmAddress.Parse("0x" + text[2..].ToUpperInvariant()));
    }

    [Theory]
    [InlineData("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")]
    [InlineData("0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    [InlineData(" 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("")]
    [InlineData(null)]
    public void EvmAddress_WrongChecksumOrForm_DoesNotParse(string? text) => Assert.False(EvmAddress.TryParse(text, null, out _));

    [Fact]
    public void EvmAddress_OfAnvilsFirstKey_IsItsPublishedAccount() => Assert.Equal(
        "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        EvmAddress.FromPublicKey(Convert.FromHexString(
            "048318535b54105d4a7aae60c08fc45f9687181b4fdfc625bd1a753fa7397fed753547f11ca8696646f2f3acb08e31016afac23e630c5d11f59f61fef57b0d2aa5")).ToString());

    [Fact]
    public void EvmAddress_Default_IsZero() => Assert.True(default(EvmAddress).IsZero);

    [Theory]
    [InlineData("eip155:1", 1UL)]
    [InlineData("eip155:31337", 31337UL)]
    [InlineData("eip155:18446744073709551615", ulong.MaxValue)]
    public void ChainId_Evm_RoundTrips(string text, ulong number)
    {
        Assert.Equal(text, ChainId.Parse(text).ToString());
        Assert.Equal(number, ChainId.Parse(text).EvmChainId);
    }

    [Theory]
    [InlineData("eip155:0")]
    [InlineData("eip155:01")]
    [InlineData("eip155:-1")]
    [InlineData("eip155:1e3")]
    [InlineData("eip155:18446744073709551616")]
    [InlineData("eip155:")]
    [InlineData("eip155")]
    [InlineData("EIP155:1")]
    [InlineData("eip155:1:2")]
    [InlineData("ab:1")]
    [InlineData("")]
    [InlineData(null)]
    public void ChainId_SecondNameOrMalformed_DoesNotParse(string? text) => Assert.False(ChainId.TryParse(text, null, out _));

    [Theory]
    [InlineData("eip155:1/slip44:60", true)]
    [InlineData("eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", false)]
    [InlineData("bip122:000000000019d6689c085ae165831e93/slip44:0", true)]
    public void AssetId_Caip19_RoundTrips(string text, bool native)
    {
        Assert.Equal(text, AssetId.Parse(text).ToString());
        Assert.Equal(native, AssetId.Parse(text).IsNative);
    }

    [Theory]
    [InlineData("eip155:1")]
    [InlineData("eip155:1/")]
    [InlineData("eip155:1/slip44")]
    [InlineData("eip155:1/slip44:")]
    [InlineData("eip155:1/slip44:60/1")]
    [InlineData("eip155:1/SLIP44:60")]
    [InlineData("eip155:0/slip44:60")]
    [InlineData("/slip44:60")]
    [InlineData(null)]
    public void AssetId_Malformed_DoesNotParse(string? text) => Assert.False(AssetId.TryParse(text, null, out _));

    [Fact]
    public void Defaults_NameNothing()
    {
        Assert.Equal("", default(ChainId).ToString());
        Assert.Equal("", default(AssetId).ToString());
        Assert.False(default(ChainId).IsEvm);
        Assert.False(default(AssetId).IsNative);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-z_0.9", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("a:b", false)]
    [InlineData("é", false)]
    public void Identifier_SmallAlphabet(string? text, bool valid) => Assert.Equal(valid, Identifier.IsValid(text));

    [Fact]
    public void Identifier_SixtyFiveCharacters_IsTooLong()
    {
        Assert.True(Identifier.IsValid(new string('a', 64)));
        Assert.False(Identifier.IsValid(new string('a', 65)));
    }

    [Fact]
    public void WithdrawalId_FollowsFromBothParts()
    {
        var id = WithdrawalId.Derive("exchange-a", "request-1");

        Assert.True(WithdrawalId.IsValid(id));
        Assert.Equal(id, WithdrawalId.Derive("exchange-a", "request-1"));
        Assert.NotEqual(id, WithdrawalId.Derive("exchange-a", "request-2"));
        Assert.NotEqual(WithdrawalId.Derive("a", "b\",\"c"), WithdrawalId.Derive("a\",\"b", "c"));
        Assert.False(WithdrawalId.IsValid(id.ToUpperInvariant()));
        Assert.False(WithdrawalId.IsValid(id + "0"));
        Assert.False(WithdrawalId.IsValid(null));
    }
}
