namespace Custody.Core.Reading;

/// <summary>The newest governance version that a device has verified: it refuses an older one, and another document of the same version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Digest">Its digest, hex.</param>
public sealed record SeenGovernance(int Version, string Digest);
