using System.Numerics;
using Org.BouncyCastle.Crypto.EC;

namespace Custody.Chains.Bitcoin;

/// <summary>A signature over secp256k1.</summary>
/// <param name="R">r.</param>
/// <param name="S">s.</param>
public sealed record EcdsaSignature(BigInteger R, BigInteger S)
{
    private const int ScalarLength = 32;

    /// <summary>The group's order n.</summary>
    public static BigInteger Order { get; } =
        new(CustomNamedCurves.GetByName("secp256k1").N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);

    /// <summary>
    /// True when s is in the lower half (BIP-146): nodes relay no other, and with both halves anybody could give a legacy
    /// transaction a second id.
    /// </summary>
    public bool IsLowS => S <= Order / 2;

    /// <summary>True when both are between 1 and n - 1, without which nothing verifies.</summary>
    public bool IsInRange => R.Sign > 0 && R < Order && S.Sign > 0 && S < Order;

    /// <summary>The same signature with s in the lower half.</summary>
    public EcdsaSignature ToLowS() => IsLowS ? this : this with { S = Order - S };

    /// <summary>From r‖s, 64 bytes, as a vault gives it.</summary>
    public static EcdsaSignature FromCompact(ReadOnlySpan<byte> compact)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(compact.Length, 2 * ScalarLength);
        return new EcdsaSignature(Number(compact[..ScalarLength]), Number(compact[ScalarLength..]));
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
