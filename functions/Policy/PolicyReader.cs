using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Signatures;

namespace Custody.Functions.Policy;

/// <summary>Reads what policy asks for besides the request, and nothing that it does not ask for.</summary>
public sealed class PolicyReader(ISigningJournal signings, IPriceStore prices)
{
    /// <summary>The signing journal of every vault that was ever governed, to its head, as the gate reads them; null when no rule asks.</summary>
    public async Task<IReadOnlyCollection<SigningView>?> JournalsAsync(Governed governed, CancellationToken cancellation)
    {
        if (!PolicyNeeds.History(governed.Document))
        {
            return null;
        }

        var views = new List<SigningView>();
        foreach (var vault in governed.EveryVault)
        {
            views.Add((await signings.ReadAsync(vault.Id, cancellation)).View);
        }

        return views;
    }

    /// <summary>
    /// The newest stored prices of an asset, and of the coin of its fee where that is capped by what both are worth; null when governance names
    /// no source.
    /// </summary>
    public async Task<IReadOnlyList<SignedDocument>?> PricesAsync(AssetId asset, Governed governed, CancellationToken cancellation) =>
        !PolicyNeeds.Prices(governed.Document) ? null
        : PolicyNeeds.FeeCoin(governed, asset) is { } coin ? [.. await prices.NewestAsync(asset, cancellation), .. await prices.NewestAsync(coin, cancellation)]
        : await prices.NewestAsync(asset, cancellation);
}
