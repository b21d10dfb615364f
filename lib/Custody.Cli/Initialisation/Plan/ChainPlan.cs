using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>A chain.</summary>
/// <param name="Id">CAIP-2.</param>
/// <param name="Endpoint">The node's JSON-RPC URL.</param>
/// <param name="FinalityDepth">Blocks from and including the payment's before it settles.</param>
/// <param name="MaxBlockAgeSeconds">A newest block older than this says nothing about the time.</param>
/// <param name="GenesisHash">Hash of block 0; absent: the node is asked, which pins whatever chain it is on.</param>
/// <param name="Replacement">When a transaction that is in no block may be replaced; absent: never.</param>
/// <param name="MaxInFlight">Most nonces of one account that wait for a block at once; absent: 16.</param>
/// <param name="Maintenance">What operators may order for the upkeep of its vaults; absent: nothing.</param>
public sealed record ChainPlan(
    ChainId Id, string Endpoint, int FinalityDepth, int MaxBlockAgeSeconds, string? GenesisHash = null, ReplacementTerms? Replacement = null, int? MaxInFlight = null,
    MaintenanceTerms? Maintenance = null);
