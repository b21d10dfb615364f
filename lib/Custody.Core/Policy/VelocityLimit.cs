using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Core.Policy;

/// <summary>The most of one asset that may leave within a sliding window, per scope.</summary>
/// <param name="Scope">What is added up.</param>
/// <param name="Asset">The asset.</param>
/// <param name="WindowSeconds">The window's length.</param>
/// <param name="MaxAmount">Base units.</param>
public sealed record VelocityLimit(LimitScope Scope, AssetId Asset, int WindowSeconds, BigInteger MaxAmount);
