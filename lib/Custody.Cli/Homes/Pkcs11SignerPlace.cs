namespace Custody.Cli.Homes;

/// <summary>A key inside a PKCS#11 token.</summary>
/// <param name="Module">The module's absolute path.</param>
/// <param name="TokenLabel">The token.</param>
/// <param name="PinFile">The file that holds its user PIN; relative to the home.</param>
public sealed record Pkcs11SignerPlace(string Module, string TokenLabel, string PinFile);
