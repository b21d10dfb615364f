using Custody.Core.Assets;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Core.Prices;

/// <summary>Signed prices, as stored. Reading verifies nothing: whoever goes by a price verifies it, every time.</summary>
public interface IPriceStore
{
    /// <summary>How many of the newest decide: a price is believed beside the one before it.</summary>
    const int Needed = 2;

    /// <summary>The newest stored documents of an asset, at most <see cref="Needed"/>, newest first.</summary>
    Task<IReadOnlyList<SignedDocument>> NewestAsync(AssetId asset, CancellationToken cancellation);

    /// <summary>Stores an entry if there is none of the same time.</summary>
    Task<CommitOutcome> WriteAsync(PriceEntry entry, SignedDocument document, CancellationToken cancellation);
}
