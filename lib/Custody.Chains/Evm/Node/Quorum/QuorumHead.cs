namespace Custody.Chains.Evm;

/// <summary>The newest block on which a majority agrees.</summary>
/// <param name="Header">The block.</param>
/// <param name="Providers">Those that have it: what is asked about its state is asked of them.</param>
internal sealed record QuorumHead(EvmHeader Header, IReadOnlyList<NodeProvider> Providers);
