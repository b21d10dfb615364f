namespace Custody.Chains.Evm;

/// <summary>Where a node is and how much it may cost us.</summary>
/// <param name="Endpoint">The JSON-RPC URL. It may carry a provider's key, so it is never logged nor put into a message.</param>
/// <param name="Timeout">How long one call may take, body included.</param>
/// <param name="MaxResponseBytes">The longest answer that is read; a longer one is refused.</param>
public sealed record EvmNodeOptions(Uri Endpoint, TimeSpan Timeout, int MaxResponseBytes = 32 * 1024 * 1024);
