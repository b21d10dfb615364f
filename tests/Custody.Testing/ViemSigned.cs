namespace Custody.Testing;

/// <summary>What viem made of it, all in 0x hex.</summary>
public sealed record ViemSigned(string Unsigned, string Sighash, string Signed, string Hash, string Address, string PublicKey);
