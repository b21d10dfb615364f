namespace Custody.Chains.Evm;

/// <summary>The newest height that a quorum has reached.</summary>
/// <param name="Height">The height.</param>
/// <param name="Behind">Providers that lag too far behind it.</param>
/// <param name="Ahead">Providers that claim a height too far above it, which no quorum has.</param>
internal sealed record HeadHeight(ulong Height, IReadOnlyList<string> Behind, IReadOnlyList<string> Ahead);
