using System.Numerics;

namespace Custody.Chains.Bitcoin;

/// <summary>A fee rate as nodes keep it: satoshi per 1000 virtual bytes, so that a fraction of a satoshi per byte is an integer.</summary>
/// <param name="PerThousand">Satoshi per 1000 virtual bytes.</param>
public readonly record struct FeeRate(long PerThousand) : IComparable<FeeRate>
{
    /// <summary>What nodes relay at all, by default: 1 satoshi per virtual byte.</summary>
    public static FeeRate LeastRelayed { get; } = new(1000);

    /// <summary>From whole satoshi per virtual byte.</summary>
    public static FeeRate PerByte(BigInteger satoshi) => new(checked((long)(satoshi * 1000)));

    /// <summary>The fee of a size, rounded up: never below the rate.</summary>
    public long FeeOf(int virtualSize) => (long)((((Int128)PerThousand * virtualSize) + 999) / 1000);

    /// <inheritdoc />
    public int CompareTo(FeeRate other) => PerThousand.CompareTo(other.PerThousand);

    /// <summary>Less.</summary>
    public static bool operator <(FeeRate left, FeeRate right) => left.PerThousand < right.PerThousand;

    /// <summary>Less or equal.</summary>
    public static bool operator <=(FeeRate left, FeeRate right) => left.PerThousand <= right.PerThousand;

    /// <summary>Greater.</summary>
    public static bool operator >(FeeRate left, FeeRate right) => left.PerThousand > right.PerThousand;

    /// <summary>Greater or equal.</summary>
    public static bool operator >=(FeeRate left, FeeRate right) => left.PerThousand >= right.PerThousand;
}
