using Custody.Core.Assets;

namespace Custody.Core.Maintenance;

/// <summary>From where a chain's watcher is to read again, whoever signs it, when and why.</summary>
/// <param name="Chain">CAIP-2.</param>
/// <param name="FromBlock">The height at which the watcher stands.</param>
/// <param name="FromHash">The block that it followed there, which left the chain: an order is for this one standstill.</param>
/// <param name="Block">The height after which it reads again.</param>
/// <param name="BlockHash">The block there, in the chain as it is now.</param>
public sealed record RewindOrder(ChainId Chain, ulong FromBlock, string FromHash, ulong Block, string BlockHash);
