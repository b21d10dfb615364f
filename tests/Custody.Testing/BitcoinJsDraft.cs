namespace Custody.Testing;

/// <summary>A transaction to build; bytes are hex, ids in the order of the text, amounts decimal.</summary>
public sealed record BitcoinJsDraft(
    int Version,
    uint LockTime,
    IReadOnlyList<BitcoinJsInput> Inputs,
    IReadOnlyList<BitcoinJsOutput> Outputs,
    IReadOnlyList<BitcoinJsSighash> Sighashes,
    string Ours);
