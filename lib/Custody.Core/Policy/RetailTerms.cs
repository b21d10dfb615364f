using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Core.Policy;

/// <summary>What retail customers may withdraw (SFC 25EC44, on client protection). Absent terms let them withdraw nothing.</summary>
/// <param name="Assets">The only assets.</param>
/// <param name="MaxDailyValue">The most that one customer takes out in <see cref="WindowSeconds"/>, in the reference currency's smallest unit.</param>
public sealed record RetailTerms(IReadOnlyList<AssetId> Assets, BigInteger MaxDailyValue)
{
    /// <summary>A day.</summary>
    public const int WindowSeconds = 86_400;
}
