using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Reading;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Functions.Amendments;
using Custody.Functions.Governance;
using Custody.Functions.Policy;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Approvals;

/// <summary>Reads a withdrawal's bundle: everything that is verified before an intent is shown and signed.</summary>
public sealed class BundleReader(IWithdrawalStore store, IFactStore facts, GovernanceArchive archive, PolicyReader policy, DrillDesk drills, AmendmentReader amendments)
{
    /// <summary>The bundle, or a drill's; null when there is no such withdrawal.</summary>
    public async Task<ApprovalBundle?> ReadAsync(string id, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        if (!Core.Intents.WithdrawalId.IsValid(id) || (await drills.ShowAsync(id, inForce.Stops, cancellation) ?? await store.LoadAsync(id, cancellation)) is not { } file)
        {
            return null;
        }

        var state = file.State;
        var intent = file.Find(CaseDocuments.Intent(state.Attempt));
        var sent = file.Find(CaseDocuments.Request);
        var entry = await facts.ReadAsync(FactKind.WhitelistEntry, state.WhitelistEntryId, cancellation);
        var made = file.Intent(state.Attempt);
        var ordered = (await amendments.ReadAsync(file, inForce, cancellation)).LastOrDefault(a => a.Waits)?.Stored;
        var journals = await policy.JournalsAsync(inForce.Governed, cancellation);
        return new ApprovalBundle(
            id,
            state.Status,
            state.Attempt,
            sent is null ? null : StrictBase64Url.Encode(sent.Content.Span),
            sent?.Signature,
            intent is null ? null : StrictBase64Url.Encode(intent.Content.Span),
            intent is null ? null : Core.Intents.WithdrawalIntent.DigestOf(intent.Content.Span),
            entry,
            entry is null ? null : inForce.Stops.EntryActivatedAt(state.WhitelistEntryId, DomainDigest.Hex(WhitelistEntry.Domain, entry.PayloadBytes())),
            await facts.ReadAsync(FactKind.Customer, FactId.Customer(state.ClientId, state.CustomerId), cancellation),
            await archive.ChainAsync(inForce.Governed, cancellation),
            [.. file.WithPrefix(CaseDocuments.Votes(state.Attempt)).Select(d => System.Text.Encoding.ASCII.GetString(d.Content.Span))],
            state.Attempt > 1 && file.Find(CaseDocuments.Intent(state.Attempt - 1)) is { } parent ? StrictBase64Url.Encode(parent.Content.Span) : null,
            await policy.PricesAsync(state.Asset, inForce.Governed, cancellation),
            made is null ? null : DestinationHistory.Of(journals, new EntryUse(made.Asset, made.WhitelistEntryId, made.Destination, id, made.CreatedAt))?.SignedBefore,
            state.ApprovalDeadline,
            ordered is null ? null : new AmendmentBundle(
                ordered.Number, StrictBase64Url.Encode(CanonicalJson.Serialize(ordered.Intent!)), ordered.Intent!.Digest(), ordered.Order, ordered.Votes));
    }
}
