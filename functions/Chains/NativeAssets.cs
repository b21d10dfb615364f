using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Functions.Chains;

/// <summary>The governed native asset of each chain, which the decoders name what they find.</summary>
public static class NativeAssets
{
    /// <summary>The native assets; a chain with none, or with two, is not in the result, so nothing decodes on it.</summary>
    public static IReadOnlyDictionary<ChainId, AssetId> Of(Governed governed) => governed.Document.Assets
        .Where(a => a.Id.IsNative)
        .GroupBy(a => a.Id.Chain)
        .Where(g => g.Count() == 1)
        .ToDictionary(g => g.Key, g => g.Single().Id);
}
