using System.Numerics;
using Custody.Chains.Bitcoin;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>Bitcoin Core's sig_canonical and sig_noncanonical (BIP-66), and low s (BIP-146).</summary>
public sealed class DerSignatureTests
{
    public static IEnumerable<TheoryDataRow<string>> Canonical => VectorFile.Read("core-sig-canonical.json").EnumerateArray().Select(v => new TheoryDataRow<string>(v.GetString()!));

    // A description, then its signature. The one with a wrong hash type is about the byte behind the DER.
    public static IEnumerable<TheoryDataRow<string, string>> NonCanonical => VectorFile.Read("core-sig-noncanonical.json").EnumerateArray()
        .Select(v => v.GetString()!).Skip(1).Chunk(2).Where(pair => pair[0] != "hashtype:").Select(pair => new TheoryDataRow<string, string>(pair[0], pair[1]));

    [Theory]
    [MemberData(nameof(Canonical))]
    public void Decode_Canonical_EncodesToTheSameBytes(string hex)
    {
        var der = Convert.FromHexString(hex)[..^1];
        var signature = DerSignature.Decode(der);

        Assert.NotNull(signature);
        if (signature.R.Sign > 0 && signature.S.Sign > 0 && signature.R.GetBitLength() <= 256)
        {
            Assert.Equal(der, DerSignature.Encode(signature));
        }
    }

    [Theory]
    [MemberData(nameof(NonCanonical))]
    public void Decode_NonCanonical_IsRefused(string what, string hex) =>
        Assert.True(DerSignature.Decode(Convert.FromHexString(hex).AsSpan()[..^1]) is null, what);

    [Fact]
    public void ToLowS_EitherHalf_GivesTheLower()
    {
        var low = new EcdsaSignature(1, EcdsaSignature.Order / 2);
        var high = new EcdsaSignature(1, EcdsaSignature.Order - 5);

        Assert.True(low.IsLowS);
        Assert.Same(low, low.ToLowS());
        Assert.False(high.IsLowS);
        Assert.Equal(5, high.ToLowS().S);
        Assert.False(new EcdsaSignature(0, 1).IsInRange);
        Assert.False(new EcdsaSignature(1, EcdsaSignature.Order).IsInRange);
    }

    [FsCheck.Xunit.Property]
    public bool Decode_EncodedSignature_GivesItBack(byte[] first, byte[] second)
    {
        var signature = new EcdsaSignature(Number(first), Number(second));
        return DerSignature.Decode(DerSignature.Encode(signature)) == signature;
    }

    private static BigInteger Number(byte[] bytes) => BigInteger.Max(1, new BigInteger(bytes.AsSpan(0, Math.Min(bytes.Length, 32)), isUnsigned: true, isBigEndian: true));
}
