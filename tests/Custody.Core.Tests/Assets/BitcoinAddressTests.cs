using Custody.Core.Assets;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Assets;

/// <summary>The vectors of BIP-173 and BIP-350, and of Bitcoin Core for base58check.</summary>
public sealed class BitcoinAddressTests
{
    [Theory]
    [InlineData("A1LQFN3A")]
    [InlineData("a1lqfn3a")]
    [InlineData("an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6")]
    [InlineData("abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx")]
    [InlineData("split1checkupstagehandshakeupstreamerranterredcaperredlc445v")]
    [InlineData("?1v759aa")]
    public void Decode_Bip350Vectors_AreBech32m(string text) => Assert.Equal(Bech32Variant.Bech32m, Bech32.Decode(text).Variant);

    [Theory]
    [InlineData("A12UEL5L")]
    [InlineData("a12uel5l")]
    [InlineData("an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs")]
    [InlineData("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw")]
    [InlineData("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w")]
    [InlineData("?1ezyfcl")]
    public void Decode_Bip173Vectors_AreBech32(string text) => Assert.Equal(Bech32Variant.Bech32, Bech32.Decode(text).Variant);

    [Theory]
    [InlineData("")]
    [InlineData("pzry9x0s0muk")]
    [InlineData("1pzry9x0s0muk")]
    [InlineData("x1b4n0q5v")]
    [InlineData("li1dgmt3")]
    [InlineData("A1G7SGD8")]
    [InlineData("10a06t8")]
    [InlineData("1qzzfhee")]
    [InlineData("a12UEL5L")]
    [InlineData("an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx")]
    public void Decode_InvalidVectors_AreNeither(string text) =>
        Assert.DoesNotContain(Bech32.Decode(text).Variant, new[] { Bech32Variant.Bech32, Bech32Variant.Bech32m });

    [Theory]
    [InlineData("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", BitcoinNetwork.Main, BitcoinAddressKind.WitnessPublicKeyHash, "751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", BitcoinNetwork.Test, BitcoinAddressKind.WitnessScriptHash, "1863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262")]
    [InlineData("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", BitcoinNetwork.Main, BitcoinAddressKind.FutureWitness, "751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("BC1SW50QGDZ25J", BitcoinNetwork.Main, BitcoinAddressKind.FutureWitness, "751e")]
    [InlineData("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", BitcoinNetwork.Main, BitcoinAddressKind.FutureWitness, "751e76e8199196d454941c45d1b3a323")]
    [InlineData("tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy", BitcoinNetwork.Test, BitcoinAddressKind.WitnessScriptHash, "000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [InlineData("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c", BitcoinNetwork.Test, BitcoinAddressKind.Taproot, "000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", BitcoinNetwork.Main, BitcoinAddressKind.Taproot, "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i", BitcoinNetwork.Main, BitcoinAddressKind.PublicKeyHash, "65a16059864a2fdbc7c99a4723a8395bc6f188eb")]
    [InlineData("3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou", BitcoinNetwork.Main, BitcoinAddressKind.ScriptHash, "74f209f6ea907e2ea48f74fae05782ae8a665257")]
    [InlineData("mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs", BitcoinNetwork.Test | BitcoinNetwork.Regtest, BitcoinAddressKind.PublicKeyHash, "53c0307d6851aa0ce7825ba883c6bd9ad242b486")]
    [InlineData("2N2JD6wb56AfK4tfmM6PwdVmoYk2dCKf4Br", BitcoinNetwork.Test | BitcoinNetwork.Regtest, BitcoinAddressKind.ScriptHash, "6349a418fc4578d10a372b54b45c280cc8c4382f")]
    public void Read_ValidAddress_GivesNetworkKindAndProgram(string text, BitcoinNetwork networks, BitcoinAddressKind kind, string program)
    {
        var read = Assert.IsType<BitcoinAddressReading.Read>(BitcoinAddress.Read(text)).Address;

        Assert.Equal((networks, kind, program), (read.Networks, read.Kind, Convert.ToHexStringLower(read.Program.Span)));
    }

    [Theory]
    [InlineData("tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", false)]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", true)]
    [InlineData("tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf", true)]
    [InlineData("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", true)]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", true)]
    [InlineData("tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47", true)]
    [InlineData("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", false)]
    [InlineData("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", false)]
    [InlineData("bc1pw5dgrnzv", false)]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", false)]
    [InlineData("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", false)]
    [InlineData("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", false)]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", false)]
    [InlineData("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j", false)]
    [InlineData("bc1gmk9yu", false)]
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62j", true)]
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62", true)]
    [InlineData("0AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i", false)]
    [InlineData("", false)]
    [InlineData("1111", false)]
    public void Read_InvalidAddress_IsRefused(string text, bool hasBadChecksum)
    {
        var reading = BitcoinAddress.Read(text);

        Assert.IsNotType<BitcoinAddressReading.Read>(reading);
        Assert.Equal(hasBadChecksum, reading is BitcoinAddressReading.BadChecksum);
    }

    // Bech32 finds every single error; base58check misses one in 2^32.
    [Property]
    public Property Read_OneCharacterChanged_IsNeverAnAddress() => Prop.ForAll(
        Gen.Elements("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i").ToArbitrary(),
        Gen.Choose(0, 33).ToArbitrary(),
        Gen.Elements("023456789acdefghjkmnpqrstuvwxyzABC".ToCharArray()).ToArbitrary(),
        (address, position, character) => address[position] == character
            || BitcoinAddress.Read($"{address[..position]}{character}{address[(position + 1)..]}") is not BitcoinAddressReading.Read);
}
