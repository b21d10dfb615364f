using Custody.Core.Assets;

namespace Custody.Core.Maintenance;

/// <summary>An operator's half of an order that a chain's watcher reads again (typ <c>custody-rewind+jws</c>); two different people's make one.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Chain">CAIP-2.</param>
/// <param name="FromBlock">The height at which the watcher stands.</param>
/// <param name="FromHash">The block that it followed there, which left the chain.</param>
/// <param name="Block">The height after which it reads again.</param>
/// <param name="BlockHash">The block there, in the chain as it is now.</param>
/// <param name="OperatorId">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it no longer counts.</param>
public sealed record RewindStatement(
    int Version,
    ChainId Chain,
    ulong FromBlock,
    string FromHash,
    ulong Block,
    string BlockHash,
    string OperatorId,
    string Reason,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>What is ordered.</summary>
    public RewindOrder ToOrder() => new(Chain, FromBlock, FromHash, Block, BlockHash);
}
