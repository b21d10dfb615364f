using System.Net.Http.Headers;

namespace Custody.Chains.Evm;

/// <summary>Where a JSON-RPC server is and how much it may cost us.</summary>
/// <param name="Endpoint">The URL; it may carry a key.</param>
/// <param name="Timeout">How long one call may take, body included.</param>
/// <param name="MaxResponseBytes">The longest answer that is read.</param>
/// <param name="Authorization">Who is calling; null for nobody.</param>
internal sealed record JsonRpcOptions(Uri Endpoint, TimeSpan Timeout, int MaxResponseBytes, AuthenticationHeaderValue? Authorization = null);
