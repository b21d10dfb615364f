using Custody.Core.Assets;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Assets;

public sealed class BitcoinAddressWritingTests
{
    private static readonly BitcoinNetwork[] Networks = [BitcoinNetwork.Main, BitcoinNetwork.Test, BitcoinNetwork.Regtest];

    private static readonly (BitcoinAddressKind Kind, int Length)[] Kinds =
    [
        (BitcoinAddressKind.PublicKeyHash, 20), (BitcoinAddressKind.ScriptHash, 20), (BitcoinAddressKind.WitnessPublicKeyHash, 20),
        (BitcoinAddressKind.WitnessScriptHash, 32), (BitcoinAddressKind.Taproot, 32),
    ];

    [Property(MaxTest = 300)]
    public Property Of_AnyProgram_ReadsBack() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (kind, length) = Kinds[random.Next(Kinds.Length)];
        var network = Networks[random.Next(Networks.Length)];
        var program = new byte[length];
        random.NextBytes(program);

        // Leading zeros are Base58's special case.
        program.AsSpan(0, random.Next(4)).Clear();
        var written = BitcoinAddress.Of(kind, program, network);
        return BitcoinAddress.Read(written.Text) is BitcoinAddressReading.Read { Address: var read } && read.Kind == kind && read.Text == written.Text
            && read.Networks.HasFlag(network) && read.Program.Span.SequenceEqual(program);
    });

    [Theory]
    [InlineData("A12UEL5L")]
    [InlineData("an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs")]
    [InlineData("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw")]
    [InlineData("abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx")]
    [InlineData("split1checkupstagehandshakeupstreamerranterredcaperredlc445v")]
    public void Encode_PublishedText_IsWrittenAgain(string text)
    {
        var decoded = Bech32.Decode(text);

        Assert.Equal(text.ToLowerInvariant(), Bech32.Encode(decoded.Variant, decoded.Prefix!, decoded.Data));
    }

    [Theory]
    [InlineData(BitcoinAddressKind.Taproot, 20, BitcoinNetwork.Main)]
    [InlineData(BitcoinAddressKind.WitnessPublicKeyHash, 32, BitcoinNetwork.Main)]
    [InlineData(BitcoinAddressKind.PublicKeyHash, 32, BitcoinNetwork.Main)]
    [InlineData(BitcoinAddressKind.FutureWitness, 32, BitcoinNetwork.Main)]
    [InlineData(BitcoinAddressKind.Unknown, 20, BitcoinNetwork.Main)]
    [InlineData(BitcoinAddressKind.Taproot, 32, BitcoinNetwork.None)]
    [InlineData(BitcoinAddressKind.PublicKeyHash, 20, BitcoinNetwork.Test | BitcoinNetwork.Regtest)]
    public void Of_WhatIsNoAddress_Throws(BitcoinAddressKind kind, int length, BitcoinNetwork network) =>
        Assert.ThrowsAny<ArgumentException>(() => BitcoinAddress.Of(kind, new byte[length], network));
}
