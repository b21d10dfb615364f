using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>What people should know about a chain's providers.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Provider">The provider; null where it is about all of them.</param>
/// <param name="Detail">For people.</param>
public sealed record NodeReport(ChainId Chain, NodeReportKind Kind, string? Provider, string Detail);
