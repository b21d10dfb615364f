using Custody.Core.Assets;

namespace Custody.Core.Governance;

/// <summary>A chain that vaults pay on.</summary>
/// <param name="Id">CAIP-2.</param>
/// <param name="GenesisHash">Hash of block 0, <c>0x</c> and 64 lower-case hex digits; a node with another is on another chain.</param>
/// <param name="FinalityDepth">Blocks on top of and including the one that holds a payment before it settles; at least 1.</param>
/// <param name="MaxBlockAgeSeconds">A newest block older than this says nothing about the time; what needs chain time waits.</param>
/// <param name="Replacement">When a transaction that is in no block may be replaced at its nonce; absent: never.</param>
/// <param name="MaxInFlight">Most nonces of one account that wait for a block at once; absent: <see cref="DefaultMaxInFlight"/>.</param>
/// <param name="ProvidersNeeded">How many providers must be configured, most of which must agree; absent: one, which is believed as it is.</param>
/// <param name="Maintenance">What operators may order for the upkeep of its vaults; absent: nothing.</param>
public sealed record ChainRegistration(
    ChainId Id, string GenesisHash, int FinalityDepth, int MaxBlockAgeSeconds, ReplacementTerms? Replacement = null, int? MaxInFlight = null, int? ProvidersNeeded = null,
    MaintenanceTerms? Maintenance = null)
{
    /// <summary>What geth's pool guarantees every account (<c>txpool.accountslots</c>); more may be dropped.</summary>
    public const int DefaultMaxInFlight = 16;

    /// <summary>Most nonces of one account that wait for a block at once.</summary>
    public int InFlight() => MaxInFlight ?? DefaultMaxInFlight;
}
