using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Core.Screening;

/// <summary>What is suspicious over one customer's withdrawals of an asset (SFC AML Guideline, on monitoring for structuring).</summary>
/// <param name="Asset">The asset.</param>
/// <param name="WindowSeconds">The sliding window.</param>
/// <param name="StructuringThreshold">Amounts just below it look structured, base units.</param>
/// <param name="StructuringBasisPoints">How near below counts: the share of the threshold, from 1 to 10,000.</param>
/// <param name="StructuringCount">So many of them within the window are suspicious; at least 2.</param>
/// <param name="MaxSum">A sum within the window above it is suspicious, base units.</param>
public sealed record PatternTerms(
    AssetId Asset, int WindowSeconds, BigInteger StructuringThreshold, int StructuringBasisPoints, int StructuringCount, BigInteger MaxSum);
