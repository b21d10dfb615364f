using Custody.Core.Assets;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>A whitelist entry; the client and as many approvers as the terms want sign it.</summary>
/// <param name="EntryId">The entry's id.</param>
/// <param name="ClientId">The client.</param>
/// <param name="CustomerId">The one customer it serves.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Address">The destination.</param>
/// <param name="Label">For people.</param>
/// <param name="Memo">Destination tag, where the chain has one.</param>
public sealed record WhitelistEntryPlan(string EntryId, string ClientId, string CustomerId, ChainId Chain, string Address, string Label, string? Memo = null);
