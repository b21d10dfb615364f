using Custody.Chains.Bitcoin;
using Custody.Core.Assets;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>The address and script pairs of BIP-173, BIP-350 and Bitcoin Core's key_io_valid.</summary>
public sealed class LockingScriptTests
{
    [Theory]
    [InlineData("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", BitcoinNetwork.Main, "0014751e76e8199196d454941c45d1b3a323f1433bd6")]
    [InlineData("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", BitcoinNetwork.Test, "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262")]
    [InlineData("tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy", BitcoinNetwork.Test, "0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [InlineData("tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c", BitcoinNetwork.Test, "5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433")]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", BitcoinNetwork.Main, "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    [InlineData("1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i", BitcoinNetwork.Main, "76a91465a16059864a2fdbc7c99a4723a8395bc6f188eb88ac")]
    [InlineData("3CMNFxN1oHBc4R1EpboAL5yzHGgE611Xou", BitcoinNetwork.Main, "a91474f209f6ea907e2ea48f74fae05782ae8a66525787")]
    [InlineData("mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs", BitcoinNetwork.Test, "76a91453c0307d6851aa0ce7825ba883c6bd9ad242b48688ac")]
    [InlineData("mo9ncXisMeAoXwqcV5EWuyncbmCcQN4rVs", BitcoinNetwork.Regtest, "76a91453c0307d6851aa0ce7825ba883c6bd9ad242b48688ac")]
    [InlineData("2N2JD6wb56AfK4tfmM6PwdVmoYk2dCKf4Br", BitcoinNetwork.Test, "a9146349a418fc4578d10a372b54b45c280cc8c4382f87")]
    public void Of_PublishedAddress_IsItsScriptAndBack(string text, BitcoinNetwork network, string script)
    {
        var address = Assert.IsType<BitcoinAddressReading.Read>(BitcoinAddress.Read(text)).Address;

        Assert.Equal(script, Convert.ToHexStringLower(LockingScript.Of(address)!));
        Assert.Equal(address.Text, LockingScript.AddressOf(Convert.FromHexString(script), network)?.Text);
    }

    [Theory]
    [InlineData("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y")]
    [InlineData("BC1SW50QGDZ25J")]
    public void Of_FutureWitness_HasNoScript(string text) =>
        Assert.Null(LockingScript.Of(Assert.IsType<BitcoinAddressReading.Read>(BitcoinAddress.Read(text)).Address));

    [Theory]
    [InlineData("6a", ScriptKind.Data, "")]
    [InlineData("6a026869", ScriptKind.Data, "026869")]
    [InlineData("6002751e", ScriptKind.FutureWitness, "751e")]
    [InlineData("51024e73", ScriptKind.FutureWitness, "4e73")]
    [InlineData("0002751e", ScriptKind.Unknown, "")]
    [InlineData("5101aa", ScriptKind.Unknown, "")]
    [InlineData("5102aa", ScriptKind.Unknown, "")]
    [InlineData("", ScriptKind.Unknown, "")]
    [InlineData("76a91565a16059864a2fdbc7c99a4723a8395bc6f188eb0088ac", ScriptKind.Unknown, "")]
    [InlineData("0014751e76e8199196d454941c45d1b3a323f1433bd600", ScriptKind.Unknown, "")]
    [InlineData("a91474f209f6ea907e2ea48f74fae05782ae8a66525788", ScriptKind.Unknown, "")]
    public void Of_OtherScript_IsRecognised(string script, ScriptKind kind, string program)
    {
        var form = ScriptForm.Of(Convert.FromHexString(script));

        Assert.Equal((kind, program), (form.Kind, Convert.ToHexStringLower(form.Program.Span)));
        Assert.Null(LockingScript.AddressOf(Convert.FromHexString(script), BitcoinNetwork.Main));
    }

    // BIP-173 names the key of its examples: the generator itself.
    [Fact]
    public void WitnessPublicKeyHash_Bip173Key_IsItsAddress()
    {
        var key = Convert.FromHexString("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");

        Assert.Equal("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", LockingScript.AddressOf(LockingScript.WitnessPublicKeyHash(key), BitcoinNetwork.Main)?.Text);
        Assert.Equal("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", LockingScript.AddressOf(LockingScript.WitnessPublicKeyHash(key), BitcoinNetwork.Test)?.Text);
        Assert.Throws<ArgumentException>(() => LockingScript.WitnessPublicKeyHash([4, .. key.AsSpan(1), .. new byte[32]]));
    }

    [Theory]
    [InlineData("76a91465a16059864a2fdbc7c99a4723a8395bc6f188eb88ac", 546)]
    [InlineData("a91474f209f6ea907e2ea48f74fae05782ae8a66525787", 540)]
    [InlineData("0014751e76e8199196d454941c45d1b3a323f1433bd6", 294)]
    [InlineData("00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262", 330)]
    [InlineData("512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 330)]
    public void Of_StandardScript_HasCoresDustLimit(string script, long limit)
    {
        Assert.Equal(limit, DustLimit.Of(Convert.FromHexString(script)));
        Assert.Equal(294, DustLimit.Change);
        Assert.Null(DustLimit.Of(new byte[] { 0x6a }));
    }
}
