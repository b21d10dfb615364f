using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Functions.Chains;

/// <summary>The governed tokens, which the decoders know contracts by.</summary>
public static class TokenAssets
{
    /// <summary>The tokens that have terms, each with the most gas that its transfer may use.</summary>
    public static IReadOnlyDictionary<AssetId, ulong> Of(Governed governed) => governed.Document.Assets
        .Where(a => a.Contract() is not null)
        .ToDictionary(a => a.Id, a => (ulong)a.Token!.GasCeiling);

    /// <summary>The contracts of every token of a chain that governance ever registered: what it dropped may still be ours.</summary>
    public static IReadOnlyDictionary<EvmAddress, AssetId> Contracts(Governed governed, ChainId chain) => governed.EveryAsset
        .Where(a => a.Id.Chain == chain && a.Contract() is not null)
        .DistinctBy(a => a.Contract())
        .ToDictionary(a => a.Contract()!.Value, a => a.Id);
}
