using System.Text.Json;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;

namespace Custody.Functions.Whitelist;

/// <summary>An entry as it is found by its id.</summary>
/// <param name="Entry">The entry: the journal's, once one was activated under the id, and the stored proposal's before.</param>
/// <param name="Signed">The entry with its signatures.</param>
/// <param name="File">Its file; null for one that only the journal knows.</param>
public sealed record FoundEntry(WhitelistEntry Entry, SignedDocument Signed, WhitelistFile? File);

/// <summary>Finds entries: in the stop journal first, which no table can contradict, then in storage.</summary>
public sealed class WhitelistReader(IWhitelistStore store)
{
    /// <summary>The entry, if the caller may see it; null otherwise. An exchange sees only its own.</summary>
    public async Task<FoundEntry?> FindAsync(string entryId, Caller caller, StopView stops, CancellationToken cancellation) =>
        await FindAsync(entryId, stops, cancellation) is { } found && (caller.Kind != CallerKind.Exchange || found.Entry.ClientId == caller.Id) ? found : null;

    /// <summary>The entry; null when there is none that can be read.</summary>
    public async Task<FoundEntry?> FindAsync(string entryId, StopView stops, CancellationToken cancellation)
    {
        var file = await store.LoadAsync(WhitelistKey.Of(entryId), cancellation);
        if (stops.StandingOf(entryId).Activation is { } activation)
        {
            return new FoundEntry(activation.Entry, activation.Signed, file);
        }

        return file?.Signed() is { } signed && Read(signed) is { } entry && entry.EntryId == entryId ? new FoundEntry(entry, signed, file) : null;
    }

    /// <summary>The entry in a signed document, unverified; null when it is none.</summary>
    public static WhitelistEntry? Read(SignedDocument signed)
    {
        try
        {
            return CanonicalJson.Deserialize<WhitelistEntry>(signed.PayloadBytes());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// What the journal makes of an entry's state: a row that says less than the journal is shown as the journal has it.
    /// </summary>
    public static WhitelistState StateOf(FoundEntry found, Core.Governance.Governed governed, StopView stops)
    {
        var standing = stops.StandingOf(found.Entry.EntryId);
        var state = found.File?.State ?? WhitelistState.Proposed(found.Entry, standing.Activation?.At ?? found.Entry.CreatedAt);
        var usable = WhitelistRule.UsableFrom(found.Entry, governed, stops);
        return standing.End is { } end && !state.Status.IsEnd() ? state with { Status = WhitelistStatus.Tombstoned, ReasonDetail = end.Reason, UsableFrom = null }
            : standing.Suspension is { } suspension ? state with { Status = WhitelistStatus.Suspended, ReasonDetail = suspension.Reason, UsableFrom = null }
            : found.File is null && standing.Activation is not null ? state with { Status = WhitelistStatus.CoolingOff, UsableFrom = usable }
            : state;
    }
}
