using System.Numerics;
using Custody.Core.Assets;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using CurveInteger = Org.BouncyCastle.Math.BigInteger;

namespace Custody.TestKeys;

/// <summary>A secp256k1 key for tests only, in memory; deterministic signatures (RFC 6979).</summary>
internal sealed class TestKey
{
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private readonly CurveInteger _secret;

    public TestKey(string hex)
    {
        Hex = hex;
        _secret = new CurveInteger(hex, 16);
        PublicKey = Curve.G.Multiply(_secret).Normalize().GetEncoded(compressed: false);
        Address = EvmAddress.FromPublicKey(PublicKey);
    }

    public static BigInteger Order { get; } = new(Curve.N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);

    /// <summary>The first account that anvil funds (mnemonic "test test … junk").</summary>
    public static TestKey Funded { get; } = new("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    /// <summary>The key of EIP-155's example; it owns nothing on a fresh chain.</summary>
    public static TestKey Eip155 { get; } = new(string.Concat(Enumerable.Repeat("46", 32)));

    public string Hex { get; }

    public byte[] PublicKey { get; }

    public EvmAddress Address { get; }

    public static TestKey From(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        bytes[0] &= 0x7f;
        return new TestKey(Convert.ToHexStringLower(bytes));
    }

    public (byte[] R, byte[] S, int YParity) Sign(byte[] digest, bool highS = false)
    {
        var order = Curve.N;
        var e = new CurveInteger(1, digest);
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(order, _secret, digest);
        var k = nonces.NextK();
        var point = Curve.G.Multiply(k).Normalize();
        var r = point.AffineXCoord.ToBigInteger().Mod(order);
        var s = k.ModInverse(order).Multiply(e.Add(r.Multiply(_secret))).Mod(order);
        var parity = point.AffineYCoord.ToBigInteger().TestBit(0) ? 1 : 0;
        if (s.CompareTo(order.ShiftRight(1)) > 0 != highS)
        {
            (s, parity) = (order.Subtract(s), 1 - parity);
        }

        return (Pad(r), Pad(s), parity);
    }

    private static byte[] Pad(CurveInteger value)
    {
        var bytes = value.ToByteArrayUnsigned();
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
