using System.Buffers.Binary;

namespace Custody.Chains.Bitcoin;

/// <summary>The lock time of a version 2 PSBT (BIP-370, Determining Lock Time).</summary>
internal static class PsbtLockTime
{
    /// <summary>From here on a lock time is a time, below it a height.</summary>
    public const uint FirstTime = 500_000_000;

    /// <summary>
    /// The largest demand of the one kind that every input with a demand supports, height before time; the fallback without
    /// any demand; null when the inputs cannot agree.
    /// </summary>
    public static uint? Of(PsbtMap global, IReadOnlyList<PsbtMap> inputs)
    {
        var demanding = inputs.Where(i => i.Find(PsbtInput.RequiredTime) is not null || i.Find(PsbtInput.RequiredHeight) is not null).ToList();
        if (demanding.Count == 0)
        {
            return Number(global, PsbtGlobal.FallbackLockTime) ?? 0;
        }

        ulong[] kinds = [PsbtInput.RequiredHeight, PsbtInput.RequiredTime];
        return kinds.Where(kind => demanding.TrueForAll(i => i.Find(kind) is not null))
            .Select(kind => demanding.Max(i => Number(i, kind)))
            .FirstOrDefault();
    }

    /// <summary>A 32-bit value; null when the map has none.</summary>
    public static uint? Number(PsbtMap map, ulong type) => map.Find(type) is { Length: 4 } value ? BinaryPrimitives.ReadUInt32LittleEndian(value.Span) : null;
}
