namespace Custody.Chains.Evm;

/// <summary>One of several providers of a chain.</summary>
/// <param name="Name">What settings, logs and alerts call it; its URL may carry a key and is never shown.</param>
/// <param name="Node">Its node.</param>
public sealed record NodeProvider(string Name, IEvmNode Node);
