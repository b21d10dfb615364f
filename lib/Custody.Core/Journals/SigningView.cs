using System.Collections.Immutable;
using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Intents;

namespace Custody.Core.Journals;

/// <summary>A vault's signing journal folded up to a head: which slot was taken by what, and what left when.</summary>
public sealed record SigningView
{
    private ImmutableDictionary<string, SigningEntry> Slots { get; init; } = ImmutableDictionary<string, SigningEntry>.Empty;

    private ImmutableDictionary<string, ImmutableList<SigningEntry>> Withdrawals { get; init; } =
        ImmutableDictionary<string, ImmutableList<SigningEntry>>.Empty;

    private ImmutableDictionary<(ChainId Chain, string Destination), ImmutableList<SigningEntry>> Destinations { get; init; } =
        ImmutableDictionary<(ChainId Chain, string Destination), ImmutableList<SigningEntry>>.Empty;

    private ImmutableList<SigningEntry> Entries { get; init; } = [];

    // The newest time up to each entry. A writer's clock may step back, so the entries' own times are not in order.
    private ImmutableList<DateTimeOffset> NewestUpTo { get; init; } = [];

    private ImmutableHashSet<string> Closed { get; init; } = [];

    private ImmutableDictionary<string, int> ClosedUpTo { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Nothing read yet.</summary>
    public static SigningView Empty { get; } = new();

    /// <summary>The newest entry that took a slot; null when it is free.</summary>
    public SigningEntry? TakenBy(string slot) => Slots.GetValueOrDefault(slot);

    /// <summary>Every entry of a withdrawal, oldest first. While there is one, a signature may exist.</summary>
    public IReadOnlyList<SigningEntry> Of(string withdrawalId) => Withdrawals.GetValueOrDefault(withdrawalId, []);

    /// <summary>True once the withdrawal ended unpaid: nothing may be journalled for it any more.</summary>
    public bool IsClosed(string withdrawalId) => Closed.Contains(withdrawalId);

    /// <summary>True once nothing may be journalled for an attempt any more: it was given up before anything was signed, or the withdrawal ended.</summary>
    public bool IsClosed(string withdrawalId, int attempt) => IsClosed(withdrawalId) || attempt <= ClosedUpTo.GetValueOrDefault(withdrawalId);

    /// <summary>Every entry that may have led to a signature, oldest first.</summary>
    public IReadOnlyList<SigningEntry> All => Entries;

    /// <summary>Every entry that pays a destination on a chain, oldest first.</summary>
    public IReadOnlyList<SigningEntry> To(ChainId chain, string destination) => Destinations.GetValueOrDefault((chain, destination), []);

    /// <summary>
    /// What left since <paramref name="since"/>, base units, to <paramref name="destination"/> or to anybody; a withdrawal
    /// counts once however many attempts or replacements it has, and <paramref name="except"/> not at all. With
    /// <paramref name="automaticOnly"/> only what nobody approved counts.
    /// </summary>
    public BigInteger Spent(AssetId asset, DateTimeOffset since, string except, string? destination = null, bool automaticOnly = false)
    {
        // Until the chain says otherwise, what a cancel conflicts with may be paid all the same: it goes on counting.
        return Left(since, except, e => e.Kind != IntentKind.Cancel && e.Asset == asset && (destination is null || e.Destination == destination) && (!automaticOnly || e.Automatic == true))
            .Aggregate(BigInteger.Zero, (sum, e) => sum + e.Amount);
    }

    /// <summary>
    /// The payments to others since <paramref name="since"/>, in whatever asset, a withdrawal's newest line each, and none of
    /// <paramref name="except"/>. What goes to a vault of our own stays.
    /// </summary>
    public IEnumerable<SigningEntry> PaidOut(DateTimeOffset since, string except) =>
        Left(since, except, e => e.Kind is IntentKind.Withdrawal or IntentKind.FeeBump && e.Asset is not null);

    private IEnumerable<SigningEntry> Left(DateTimeOffset since, string except, Func<SigningEntry, bool> counts)
    {
        var counted = new HashSet<string>(StringComparer.Ordinal) { except };
        for (var i = Entries.Count - 1; i >= 0 && NewestUpTo[i] > since; i--)
        {
            if (Entries[i] is var entry && entry.At > since && counts(entry) && counted.Add(entry.WithdrawalId))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The view with one more line.</summary>
    public SigningView With(SigningEntry entry) => entry.Kind == IntentKind.Unknown
        ? WithClosed(entry)
        : this with
        {
            Slots = entry.Slots.Aggregate(Slots, (slots, slot) => slots.SetItem(slot, entry)),
            Withdrawals = Withdrawals.SetItem(entry.WithdrawalId, Withdrawals.GetValueOrDefault(entry.WithdrawalId, []).Add(entry)),
            Destinations = entry.Asset is { } asset
                ? Destinations.SetItem((asset.Chain, entry.Destination), Destinations.GetValueOrDefault((asset.Chain, entry.Destination), []).Add(entry))
                : Destinations,
            Entries = Entries.Add(entry),
            NewestUpTo = NewestUpTo.Add(NewestUpTo.Count > 0 && NewestUpTo[^1] > entry.At ? NewestUpTo[^1] : entry.At),
        };

    private SigningView WithClosed(SigningEntry entry) =>
        entry.WithdrawalId.Length == 0 ? this
        : entry.Attempt <= 0 ? this with { Closed = Closed.Add(entry.WithdrawalId) }
        : this with { ClosedUpTo = ClosedUpTo.SetItem(entry.WithdrawalId, Math.Max(entry.Attempt, ClosedUpTo.GetValueOrDefault(entry.WithdrawalId))) };
}
