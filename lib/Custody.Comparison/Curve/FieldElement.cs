using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Custody.Comparison.Curve;

/// <summary>
/// A number modulo secp256k1's p = 2^256 − 2^32 − 977 (SEC 2, section 2.4.1), in four 64-bit limbs, the lowest first. A value may
/// stand as itself or as itself plus p; what compares or writes it reduces it first. Only public values are calculated with,
/// so time may vary.
/// </summary>
internal readonly struct FieldElement
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 32;

    /// <summary>One.</summary>
    public static readonly FieldElement One = new(1, 0, 0, 0);

    // 2^256 modulo p: what is carried out at the top comes in again at the bottom, times this.
    private const ulong Fold = 0x1000003D1;
    private const ulong P0 = 0xFFFFFFFEFFFFFC2F;
    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;

    private FieldElement(ulong limb0, ulong limb1, ulong limb2, ulong limb3) => (_0, _1, _2, _3) = (limb0, limb1, limb2, limb3);

    /// <summary>True for zero.</summary>
    public bool IsZero => (_0 | _1 | _2 | _3) == 0 || (_0 == P0 && (_1 & _2 & _3) == ulong.MaxValue);

    /// <summary>True for an odd number below p.</summary>
    public bool IsOdd => (Reduced()._0 & 1) == 1;

    /// <summary>From 32 bytes, big-endian.</summary>
    public static FieldElement Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>To 32 bytes, big-endian; below p.</summary>
    public void Write(Span<byte> bytes)
    {
        var reduced = Reduced();
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], reduced._0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], reduced._1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], reduced._2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, reduced._3);
    }

    /// <summary>The sum.</summary>
    public static FieldElement operator +(in FieldElement a, in FieldElement b)
    {
        ulong carry = 0;
        var r0 = Add(a._0, b._0, ref carry);
        var r1 = Add(a._1, b._1, ref carry);
        var r2 = Add(a._2, b._2, ref carry);
        var r3 = Add(a._3, b._3, ref carry);
        return Folded(r0, r1, r2, r3, carry);
    }

    /// <summary>The difference.</summary>
    public static FieldElement operator -(in FieldElement a, in FieldElement b)
    {
        ulong borrow = 0;
        var r0 = Subtract(a._0, b._0, ref borrow);
        var r1 = Subtract(a._1, b._1, ref borrow);
        var r2 = Subtract(a._2, b._2, ref borrow);
        var r3 = Subtract(a._3, b._3, ref borrow);

        // A borrow at the top is 2^256 too much. Taking its remainder away may borrow once more, and never a third time.
        while (borrow != 0)
        {
            borrow = 0;
            r0 = Subtract(r0, Fold, ref borrow);
            r1 = Subtract(r1, 0, ref borrow);
            r2 = Subtract(r2, 0, ref borrow);
            r3 = Subtract(r3, 0, ref borrow);
        }

        return new FieldElement(r0, r1, r2, r3);
    }

    /// <summary>The product.</summary>
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        var (a0, a1, a2, a3) = (a._0, a._1, a._2, a._3);
        var (b0, b1, b2, b3) = (b._0, b._1, b._2, b._3);

        ulong carry = 0;
        var t0 = MultiplyAdd(a0, b0, 0, ref carry);
        var t1 = MultiplyAdd(a1, b0, 0, ref carry);
        var t2 = MultiplyAdd(a2, b0, 0, ref carry);
        var t3 = MultiplyAdd(a3, b0, 0, ref carry);
        var t4 = carry;

        carry = 0;
        t1 = MultiplyAdd(a0, b1, t1, ref carry);
        t2 = MultiplyAdd(a1, b1, t2, ref carry);
        t3 = MultiplyAdd(a2, b1, t3, ref carry);
        t4 = MultiplyAdd(a3, b1, t4, ref carry);
        var t5 = carry;

        carry = 0;
        t2 = MultiplyAdd(a0, b2, t2, ref carry);
        t3 = MultiplyAdd(a1, b2, t3, ref carry);
        t4 = MultiplyAdd(a2, b2, t4, ref carry);
        t5 = MultiplyAdd(a3, b2, t5, ref carry);
        var t6 = carry;

        carry = 0;
        t3 = MultiplyAdd(a0, b3, t3, ref carry);
        t4 = MultiplyAdd(a1, b3, t4, ref carry);
        t5 = MultiplyAdd(a2, b3, t5, ref carry);
        t6 = MultiplyAdd(a3, b3, t6, ref carry);
        var t7 = carry;

        carry = 0;
        t0 = MultiplyAdd(t4, Fold, t0, ref carry);
        t1 = MultiplyAdd(t5, Fold, t1, ref carry);
        t2 = MultiplyAdd(t6, Fold, t2, ref carry);
        t3 = MultiplyAdd(t7, Fold, t3, ref carry);
        return Folded(t0, t1, t2, t3, carry);
    }

    /// <summary>The square.</summary>
    public FieldElement Square() => this * this;

    /// <summary>True when both stand for the same number.</summary>
    public bool Is(in FieldElement other) => (this - other).IsZero;

    private FieldElement Reduced()
    {
        if (_0 < P0 || (_1 & _2 & _3) != ulong.MaxValue)
        {
            return this;
        }

        return new FieldElement(_0 - P0, 0, 0, 0);
    }

    // What was carried out of the top, at most 2^34, is folded in; that may carry once more, and never a third time.
    private static FieldElement Folded(ulong r0, ulong r1, ulong r2, ulong r3, ulong top)
    {
        while (top != 0)
        {
            ulong carry = 0;
            r0 = MultiplyAdd(top, Fold, r0, ref carry);
            var high = carry;
            carry = 0;
            r1 = Add(r1, high, ref carry);
            r2 = Add(r2, 0, ref carry);
            r3 = Add(r3, 0, ref carry);
            top = carry;
        }

        return new FieldElement(r0, r1, r2, r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Add(ulong a, ulong b, ref ulong carry)
    {
        var sum = a + b;
        var over = sum < a ? 1UL : 0;
        var result = sum + carry;
        carry = over + (result < sum ? 1UL : 0);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Subtract(ulong a, ulong b, ref ulong borrow)
    {
        var difference = a - b;
        var under = a < b ? 1UL : 0;
        var result = difference - borrow;
        borrow = under + (difference < borrow ? 1UL : 0);
        return result;
    }

    // a·b + c + carry is below 2^128: the low half, with the high half as the next carry.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong a, ulong b, ulong c, ref ulong carry)
    {
        var high = Math.BigMul(a, b, out var low);
        low += c;
        high += low < c ? 1UL : 0;
        low += carry;
        high += low < carry ? 1UL : 0;
        carry = high;
        return low;
    }
}
