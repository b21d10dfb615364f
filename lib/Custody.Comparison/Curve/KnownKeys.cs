using System.Collections.Concurrent;

namespace Custody.Comparison.Curve;

/// <summary>
/// The tables of the vaults' keys, which take longer to make than a signature to verify. Each follows from its key alone, so what is
/// kept can neither be old nor wrong.
/// </summary>
internal static class KnownKeys
{
    // A platform has a handful of vaults on a chain; whoever brings more pays for making them again.
    private const int Most = 16;
    private static readonly ConcurrentDictionary<string, VerifyingKey> Keys = new(StringComparer.Ordinal);

    /// <summary>The key; null when the bytes are no point of the curve.</summary>
    public static VerifyingKey? Of(ReadOnlySpan<byte> uncompressed)
    {
        var name = Convert.ToHexStringLower(uncompressed);
        if (Keys.TryGetValue(name, out var known))
        {
            return known;
        }

        if (VerifyingKey.Of(uncompressed) is not { } key)
        {
            return null;
        }

        if (Keys.Count >= Most)
        {
            Keys.Clear();
        }

        Keys[name] = key;
        return key;
    }
}
