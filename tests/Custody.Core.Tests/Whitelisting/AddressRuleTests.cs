using Custody.Core.Assets;
using Custody.Core.Results;
using Custody.Core.Whitelisting;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Whitelisting;

public sealed class AddressRuleTests
{
    private const string Main = "bip122:000000000019d6689c085ae165831e93";
    private const string Testnet = "bip122:000000000933ea01ad0ee984209779ba";
    private const string Regtest = "bip122:0f9188f13cb7b2c71f2a335e3a4fc328";
    private const string Segwit = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

    // EIP-55's own examples.
    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Canonicalise_AllLowerOrUpper_GivesTheChecksum(string address)
    {
        foreach (var typed in new[] { address, address.ToLowerInvariant(), "0x" + address[2..].ToUpperInvariant() })
        {
            Assert.True(AddressRule.Canonicalise(SampleGovernance.Chain, typed, out var canonical).IsAllowed);
            Assert.Equal(address, canonical);
        }

        Assert.True(AddressRule.Check(SampleGovernance.Chain, address).IsAllowed);
        Assert.Equal(RefusalCode.AddressInvalid, AddressRule.Check(SampleGovernance.Chain, address.ToLowerInvariant()).Code);
    }

    [Theory]
    [InlineData("eip155:1", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed", RefusalCode.AddressChecksumWrong)]
    [InlineData("eip155:1", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", RefusalCode.AddressInvalid)]
    [InlineData("eip155:1", Segwit, RefusalCode.AddressInvalid)]
    [InlineData("eip155:1", "", RefusalCode.AddressInvalid)]
    [InlineData(Main, "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", RefusalCode.AddressWrongNetwork)]
    [InlineData(Testnet, Segwit, RefusalCode.AddressWrongNetwork)]
    [InlineData(Main, "mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs", RefusalCode.AddressWrongNetwork)]
    [InlineData(Regtest, "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", RefusalCode.AddressWrongNetwork)]
    [InlineData(Main, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", RefusalCode.AddressChecksumWrong)]
    [InlineData(Main, "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", RefusalCode.AddressInvalid)]
    [InlineData(Main, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", RefusalCode.AddressInvalid)]
    [InlineData(Main, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", RefusalCode.AddressInvalid)]
    [InlineData("bip122:00000000000000000000000000000000", Segwit, RefusalCode.AddressInvalid)]
    [InlineData("solana:mainnet", Segwit, RefusalCode.AddressInvalid)]
    public void Check_WhatIsNoCanonicalAddressOfTheNetwork_IsRefused(string chain, string address, RefusalCode code) =>
        Assert.Equal(code, AddressRule.Check(ChainId.Parse(chain), address).Code);

    [Theory]
    [InlineData(Main, Segwit)]
    [InlineData(Main, "3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou")]
    [InlineData(Testnet, "mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs")]
    [InlineData(Regtest, "mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs")]
    public void Check_CanonicalBitcoinAddress_IsAllowed(string chain, string address) => Assert.True(AddressRule.Check(ChainId.Parse(chain), address).IsAllowed);
}
