namespace Custody.Testing;

/// <summary>A BIP-143 digest to compute.</summary>
public sealed record BitcoinJsSighash(int Input, string ScriptCode, string Amount, uint HashType);
