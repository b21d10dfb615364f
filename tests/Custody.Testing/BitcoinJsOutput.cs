namespace Custody.Testing;

/// <summary>An output to build.</summary>
public sealed record BitcoinJsOutput(string Script, string Amount);
