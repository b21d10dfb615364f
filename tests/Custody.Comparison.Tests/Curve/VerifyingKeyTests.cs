using System.Numerics;
using Custody.Comparison.Curve;
using Custody.Comparison.Evm;
using Custody.TestKeys;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Custody.Comparison.Tests.Curve;

public sealed class VerifyingKeyTests
{
    [Property(MaxTest = 100)]
    public Property IsRecoveredFrom_SignatureAndWhatIsNone_AsRecoverySays() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var signer = TestKey.From(random);
        var digest = new byte[32];
        random.NextBytes(digest);
        byte[] other = [.. digest[..^1], (byte)(digest[^1] ^ 1)];
        var (rBytes, sBytes, parity) = signer.Sign(digest);
        var (r, s) = (Number(rBytes), Number(sBytes));
        var key = VerifyingKey.Of(signer.PublicKey)!;
        var stranger = VerifyingKey.Of(TestKey.From(random).PublicKey)!;
        return key.IsRecoveredFrom(digest, r, s, parity) && !stranger.IsRecoveredFrom(digest, r, s, parity)
            && new[] { (digest, r, s, parity), (digest, r, s, 1 - parity), (other, r, s, parity), (digest, r, Secp256k1.Order - s, parity), (digest, r, Secp256k1.Order - s, 1 - parity), (digest, s, r, parity) }
                .All(c => key.IsRecoveredFrom(c.Item1, c.Item2, c.Item3, c.Item4) == Recovers(signer, c.Item1, c.Item2, c.Item3, c.Item4));
    });

    [Fact]
    public void IsRecoveredFrom_OutOfRange_IsFalse()
    {
        var key = VerifyingKey.Of(TestKey.Funded.PublicKey)!;

        foreach (var (r, s) in new (BigInteger, BigInteger)[] { (0, 1), (1, 0), (Secp256k1.Order, 1), (1, Secp256k1.Order), (-1, 1), (1, -1) })
        {
            Assert.False(key.IsRecoveredFrom(new byte[32], r, s, 0));
        }

        Assert.False(key.IsRecoveredFrom(new byte[31], 1, 1, 0));
    }

    // The nonce point's x may be between n and p: its remainder signs, and no parity of Ethereum recovers from it. Chosen as
    // x = n + 2, the smallest above n that is a point's: e and the key follow from it.
    [Fact]
    public void IsRecoveredFrom_NoncePointAboveTheOrder_IsFalseWhereVerifiesIsTrue()
    {
        var parameters = Secp256k1.Parameters;
        var above = Enumerable.Range(1, 100).Select(i => Secp256k1.Order + i).Select(x => (X: x, Point: PointAt(x))).First(c => c.Point is not null);
        var r = above.X - Secp256k1.Order;
        var digest = new byte[32];
        digest[31] = 5;
        // Q = r⁻¹·(s·R − e·G), with s = 1.
        var n = parameters.N;
        var inverse = new Org.BouncyCastle.Math.BigInteger(r.ToString(null, null)).ModInverse(n);
        var q = above.Point!.Multiply(inverse).Add(parameters.G.Multiply(n.Subtract(Org.BouncyCastle.Math.BigInteger.ValueOf(5)).Multiply(inverse).Mod(n))).Normalize();
        var key = VerifyingKey.Of(q.GetEncoded(compressed: false))!;

        Assert.True(key.Verifies(digest, r, 1));
        Assert.False(key.IsRecoveredFrom(digest, r, 1, 0));
        Assert.False(key.IsRecoveredFrom(digest, r, 1, 1));
    }

    [Fact]
    public void KnownKeys_MoreThanAreKept_AreMadeAgain()
    {
        var digest = new byte[32];
        digest[0] = 9;
        for (var i = 0; i < 70; i++)
        {
            var signer = TestKey.From(new Random(i));
            var (r, s, parity) = signer.Sign(digest);
            Assert.True(KnownKeys.Of(signer.PublicKey)!.IsRecoveredFrom(digest, Number(r), Number(s), parity));
        }

        Assert.Null(KnownKeys.Of([4, .. new byte[64]]));
        Assert.Null(KnownKeys.Of([]));
    }

    private static Org.BouncyCastle.Math.EC.ECPoint? PointAt(BigInteger x)
    {
        try
        {
            return Secp256k1.Parameters.Curve.DecodePoint([2, .. x.ToByteArray(isUnsigned: true, isBigEndian: true)]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool Recovers(TestKey signer, byte[] digest, BigInteger r, BigInteger s, int parity) =>
        Secp256k1.Recover(digest, new EvmSignature(parity, r, s)) is { } recovered && recovered.AsSpan().SequenceEqual(signer.PublicKey);

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
