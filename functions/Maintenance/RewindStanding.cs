namespace Custody.Functions.Maintenance;

/// <summary>Where a chain's watcher stands.</summary>
/// <param name="Chain">CAIP-2.</param>
/// <param name="Block">The newest block that it followed.</param>
/// <param name="BlockHash">Its hash.</param>
/// <param name="Stopped">True when that block left the chain deeper than the governed finality, so that operators must say where to read on; null while the nodes do not say.</param>
public sealed record RewindStanding(string Chain, ulong Block, string BlockHash, bool? Stopped);
