using Custody.Cli.Homes;
using Custody.Core.Signatures;

namespace Custody.Cli.Initialisation.Keys;

/// <summary>A document key of the system being set up.</summary>
/// <param name="Registered">What governance registers.</param>
/// <param name="Signer">Signs with it; null when the private half is elsewhere.</param>
/// <param name="Place">Where a profile finds it; null when it is elsewhere.</param>
internal sealed record HeldKey(RegisteredKey Registered, IDocumentSigner? Signer, SignerPlace? Place);
