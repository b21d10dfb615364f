using Custody.Core.Assets;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Core.Prices;

/// <summary>Signed prices, as stored. Reading verifies nothing: whoever goes by a price verifies it, every time.</summary>
public interface IPriceStore
{
    /// <summary>How many of the newest are read whole.</summary>
    const int Needed = 2;

    /// <summary>How many older ones are read besides: of several sources the first of each hour of a day, and what two agreed on.</summary>
    const int Older = 100;

    /// <summary>
    /// What decides about an asset: its <see cref="Needed"/> newest stored documents, and of the older ones the first of each hour and
    /// source and each that several sources signed, at most <see cref="Older"/>. A price is believed beside those.
    /// </summary>
    Task<IReadOnlyList<SignedDocument>> NewestAsync(AssetId asset, CancellationToken cancellation);

    /// <summary>Stores an entry if there is none of the same time.</summary>
    Task<CommitOutcome> WriteAsync(VerifiedPrice price, SignedDocument document, CancellationToken cancellation);
}
