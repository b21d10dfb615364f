namespace Custody.Chains.Bitcoin;

/// <summary>What the specification says of a known type.</summary>
/// <param name="Key">Whether key data is of its form.</param>
/// <param name="Value">Whether a value, given its key data, is of its form.</param>
/// <param name="Only">The PSBT version that may have it; null for both.</param>
/// <param name="IsRequired">Whether a map of that version must have it.</param>
internal sealed record PsbtFieldRule(
    Func<ReadOnlyMemory<byte>, bool> Key, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, bool> Value, int? Only = null, bool IsRequired = false);
