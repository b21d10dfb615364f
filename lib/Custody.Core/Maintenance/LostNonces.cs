using Custody.Core.Journals;

namespace Custody.Core.Maintenance;

/// <summary>What restores lost of a vault's account. The default value is nothing.</summary>
/// <param name="Below">Below this nonce something may have been signed that no journal has.</param>
/// <param name="Since">Since the newest restore.</param>
public readonly record struct LostNonces(ulong Below, DateTimeOffset Since)
{
    /// <summary>By the stop journal.</summary>
    public static LostNonces Of(StopView stops, string vaultId) => stops.Restores.Count == 0
        ? default
        : new LostNonces(Restoring.RestoredRule.UnknownBelow(stops, vaultId), stops.Restores[^1].Line.At);
}
