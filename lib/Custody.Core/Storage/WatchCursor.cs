namespace Custody.Core.Storage;

/// <summary>A watcher's cursor.</summary>
/// <param name="Content">The chain's own form, at most 60 KiB.</param>
/// <param name="Version">Opaque; null to save the first one.</param>
public sealed record WatchCursor(ReadOnlyMemory<byte> Content, string? Version);
