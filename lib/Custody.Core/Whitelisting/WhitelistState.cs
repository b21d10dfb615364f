using Custody.Core.Assets;
using Custody.Core.Results;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Where a whitelist entry is: an index over its signed document for people, queries and the orchestration. What authorises is
/// read from the document and the stop journal and verified again; nothing here is believed by the gate.
/// </summary>
/// <param name="Key">See <see cref="WhitelistKey"/>.</param>
/// <param name="EntryId">The entry's id.</param>
/// <param name="ClientId">The client.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Address">The address.</param>
/// <param name="Label">For people.</param>
/// <param name="Digest">The entry's digest, hex.</param>
/// <param name="Status">Where it is.</param>
/// <param name="CreatedAt">When the entry was written.</param>
/// <param name="UpdatedAt">When this last changed.</param>
public sealed record WhitelistState(
    string Key,
    string EntryId,
    string ClientId,
    string CustomerId,
    ChainId Chain,
    string Address,
    string Label,
    string Digest,
    WhitelistStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Why it ended or is suspended; Unspecified otherwise.</summary>
    public RefusalCode Reason { get; init; }

    /// <summary>One sentence about the reason.</summary>
    public string? ReasonDetail { get; init; }

    /// <summary>When its cooling-off is over by the host's clock.</summary>
    public DateTimeOffset? UsableFrom { get; init; }

    /// <summary>The state of an entry that was just proposed.</summary>
    public static WhitelistState Proposed(WhitelistEntry entry, DateTimeOffset now) => new(
        WhitelistKey.Of(entry.EntryId), entry.EntryId, entry.ClientId, entry.CustomerId, entry.Chain, entry.Address, entry.Label, entry.Digest(),
        WhitelistStatus.Proposed, entry.CreatedAt, now);

    /// <summary>The state in the next status; throws for one that may not follow.</summary>
    public WhitelistState Become(WhitelistStatus next) => Status.CanBecome(next)
        ? this with { Status = next }
        : throw new InvalidOperationException($"The whitelist entry {EntryId} cannot go from {Status} to {next}.");
}
