namespace Custody.Cli.Homes;

/// <summary>Where a profile's key is: in a token or in a file, exactly one of them.</summary>
/// <param name="Pkcs11">The token.</param>
/// <param name="File">A PKCS#8 PEM file with mode 0600; relative to the home.</param>
public sealed record SignerPlace(Pkcs11SignerPlace? Pkcs11 = null, string? File = null);
