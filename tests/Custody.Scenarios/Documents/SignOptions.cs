namespace Custody.Scenarios.Documents;

/// <summary>How a signature differs from a good one.</summary>
/// <param name="By">Somebody else's key signs, under its own kid.</param>
/// <param name="Kid">The header names this key.</param>
/// <param name="Typ">The header has this type.</param>
/// <param name="Alg">The header claims this algorithm; the key signs as it always does, and with <c>none</c> nothing is signed.</param>
/// <param name="IssuedAt">The header's iat, ISO 8601.</param>
/// <param name="Forged">A key that nobody registered signs, under the right kid.</param>
/// <param name="Omit">No signature at all.</param>
internal sealed record SignOptions(
    string? By = null, string? Kid = null, string? Typ = null, string? Alg = null, DateTimeOffset? IssuedAt = null, bool Forged = false, bool Omit = false);
