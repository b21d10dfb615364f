namespace Custody.Testing;

/// <summary>An input to build.</summary>
public sealed record BitcoinJsInput(string Id, uint Index, uint Sequence, string Script, IReadOnlyList<string> Witness);
