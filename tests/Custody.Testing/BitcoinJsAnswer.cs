namespace Custody.Testing;

/// <summary>What bitcoinjs-lib made of a draft, and of our bytes when it parsed them.</summary>
public sealed record BitcoinJsAnswer(
    string Bytes, string Parsed, string Id, string WitnessId, int Weight, int VirtualSize, IReadOnlyList<string> Sighashes);
