using Custody.Core.Assets;
using Custody.Core.Prices;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Testing.World;

/// <summary>Signed prices in memory, as whoever can write the store may put them.</summary>
public sealed class MemoryPrices(Effects effects) : IPriceStore
{
    public List<SignedDocument> Stored { get; } = [];

    public Task<IReadOnlyList<SignedDocument>> NewestAsync(AssetId asset, CancellationToken cancellation) =>
        effects.RunAsync("prices.read", IReadOnlyList<SignedDocument> () => [.. Stored.Where(d => IsOf(asset, d)).Take(IPriceStore.Needed + IPriceStore.Older)]);

    public Task<CommitOutcome> WriteAsync(VerifiedPrice price, SignedDocument document, CancellationToken cancellation) => effects.RunAsync("prices.write", () =>
    {
        Stored.Insert(0, document);
        return CommitOutcome.Committed;
    });

    private static bool IsOf(AssetId asset, SignedDocument document) =>
        System.Text.Encoding.UTF8.GetString(document.PayloadBytes()).Contains($"\"{asset}\"", StringComparison.Ordinal);
}
