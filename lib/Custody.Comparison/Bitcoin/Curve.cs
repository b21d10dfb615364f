using System.Numerics;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;

namespace Custody.Comparison.Bitcoin;

/// <summary>secp256k1, over BouncyCastle.</summary>
internal static class Curve
{
    /// <summary>Its parameters.</summary>
    public static X9ECParameters Parameters { get; } = CustomNamedCurves.GetByName("secp256k1");

    /// <summary>The group's order n.</summary>
    public static BigInteger Order { get; } = new(Parameters.N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);

    /// <summary>The largest s that nodes relay.</summary>
    public static BigInteger LargestS { get; } = Order / 2;
}
