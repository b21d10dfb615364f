using Custody.Core.Journals;

namespace Custody.Storage.Journals;

/// <summary>What differs between journals: their lines and the view that these fold into.</summary>
/// <param name="Empty">The view of nothing.</param>
/// <param name="Fold">The view with one more line.</param>
/// <param name="IsGenesis">True for the first line, and for no other.</param>
/// <param name="Genesis">Makes the first line from the trust root and the time.</param>
internal sealed record JournalShape<TEntry, TView>(
    TView Empty, Func<TView, TEntry, TView> Fold, Func<TEntry, bool> IsGenesis, Func<string, DateTimeOffset, TEntry> Genesis)
    where TEntry : class, IJournalEntry;
