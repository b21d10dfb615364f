using Custody.Core.Signatures;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>A key that exists already: a file, or only its public half, when the private one is elsewhere.</summary>
/// <param name="KeyId">The key's id.</param>
/// <param name="Algorithm">Its algorithm; with <paramref name="PublicKey"/>.</param>
/// <param name="PublicKey">base64url: 65 bytes for ES256, 32 for EdDSA.</param>
/// <param name="File">A PKCS#8 PEM file with mode 0600; an absolute path.</param>
public sealed record KeyPlan(string KeyId, SignatureAlgorithm? Algorithm = null, string? PublicKey = null, string? File = null);
