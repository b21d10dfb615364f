using System.Numerics;
using Custody.Comparison.Bitcoin;
using Custody.Comparison.Curve;
using Custody.TestKeys;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using CurveInteger = Org.BouncyCastle.Math.BigInteger;

namespace Custody.Comparison.Tests.Bitcoin;

public sealed class RegisteredKeyTests
{
    // BIP-173 names the key of its examples.
    [Fact]
    public void Of_GeneratorPoint_HasBip173sScript()
    {
        var key = RegisteredKey.Of(new TestKey("01").PublicKey)!;

        Assert.Equal("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", Convert.ToHexStringLower(key.Compressed.Span));
        Assert.Equal(SpendDraft.RecipientScript, key.Script.ToArray());
    }

    [Fact]
    public void Of_NoPoint_IsNull()
    {
        var key = TestKey.Funded.PublicKey;

        Assert.Null(RegisteredKey.Of([.. key[..^1], (byte)(key[^1] ^ 1)]));
        Assert.Null(RegisteredKey.Of(SpendDraft.Compressed(TestKey.Funded)));
        Assert.Null(RegisteredKey.Of([6, .. key.AsSpan(1)]));
        Assert.Null(RegisteredKey.Of([]));
    }

    [Property(MaxTest = 200)]
    public Property Verifies_SignatureAndWhatIsNone_AsBouncyCastlesSignerSays() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var signer = TestKey.From(random);
        var digest = new byte[32];
        random.NextBytes(digest);
        var (r, s) = (Number(signer.Sign(digest).R), Number(signer.Sign(digest).S));
        var key = RegisteredKey.Of(signer.PublicKey)!;
        byte[] other = [.. digest[..^1], (byte)(digest[^1] ^ 1)];
        return key.Verifies(digest, r, s) && key.Verifies(digest, r, TestKey.Order - s)
            && !key.Verifies(other, r, s) && !key.Verifies(digest, s, r) && !key.Verifies(digest, r, s - 1) && !RegisteredKey.Of(TestKey.From(random).PublicKey)!.Verifies(digest, r, s)
            && Theirs(signer, digest, r, s) && !Theirs(signer, other, r, s);
    });

    // Digests and scalars at the edges, where sums of points meet infinity or themselves.
    [Theory]
    [InlineData("01", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("01", "0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("02", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    public void Verifies_EdgeCase_AsBouncyCastlesSignerSays(string secret, string digest)
    {
        var signer = new TestKey(secret);
        var key = RegisteredKey.Of(signer.PublicKey)!;
        var bytes = Convert.FromHexString(digest);
        var (r, s) = (Number(signer.Sign(bytes).R), Number(signer.Sign(bytes).S));

        Assert.True(key.Verifies(bytes, r, s));
        foreach (var (first, second) in new (BigInteger, BigInteger)[] { (r, 1), (1, s), (1, 1), (TestKey.Order - 1, TestKey.Order - 1), (Number(signer.PublicKey.AsSpan(1, 32)) % TestKey.Order, 1) })
        {
            Assert.Equal(Theirs(signer, bytes, first, second), key.Verifies(bytes, first, second));
        }
    }

    [Fact]
    public void Verifies_OutOfRange_IsFalse()
    {
        var digest = new byte[32];
        Assert.False(SpendDraft.Key.Verifies(digest, 0, 1));
        Assert.False(SpendDraft.Key.Verifies(digest, 1, 0));
        Assert.False(SpendDraft.Key.Verifies(digest, TestKey.Order, 1));
        Assert.False(SpendDraft.Key.Verifies(digest, 1, TestKey.Order));
        Assert.False(SpendDraft.Key.Verifies(digest, -1, 1));
        Assert.False(SpendDraft.Key.Verifies([], 1, 1));
    }

    private static bool Theirs(TestKey key, byte[] digest, BigInteger r, BigInteger s)
    {
        var signer = new ECDsaSigner();
        var domain = new ECDomainParameters(Secp256k1.Parameters);
        signer.Init(false, new ECPublicKeyParameters(Secp256k1.Parameters.Curve.DecodePoint(key.PublicKey), domain));
        return signer.VerifySignature(digest, new CurveInteger(r.ToString(null, null)), new CurveInteger(s.ToString(null, null)));
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
