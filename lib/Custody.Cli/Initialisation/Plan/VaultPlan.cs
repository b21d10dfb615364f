using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>A vault.</summary>
/// <param name="Id">The vault's id.</param>
/// <param name="Chain">The chain it pays on.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Key">The key; absent: generated in a token of its own, labelled with the trust root.</param>
/// <param name="Firmware">What its device may run; absent: what the token says that it runs now.</param>
public sealed record VaultPlan(string Id, ChainId Chain, VaultTier Tier, TokenKeyPlan? Key = null, IReadOnlyList<string>? Firmware = null);
