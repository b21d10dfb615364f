using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Http;
using Custody.Functions.Policy;
using Custody.Functions.Withdrawals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Approvals;

/// <summary>GET /withdrawals/{id}/bundle: everything that an approver's device verifies for itself before it shows and signs an intent.</summary>
public sealed class BundleFunction(IWithdrawalStore store, IFactStore facts, GovernanceArchive archive, PolicyReader policy)
{
    /// <summary>Handles the call.</summary>
    [Function("ShowBundle")]
    [Callers(CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/withdrawals/{id}/bundle")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!WithdrawalId.IsValid(id) || await store.LoadAsync(id, cancellation) is not { } file)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal.");
        }

        var state = file.State;
        var intent = file.Find(CaseDocuments.Intent(state.Attempt));
        if (intent is null)
        {
            return Problems.Of(RefusalCode.NotAwaitingApproval, $"The withdrawal is {StatusText.Of(state.Status)}; there is no intent to read.");
        }

        var inForce = request.HttpContext.GetGovernance();
        var sent = file.Find(CaseDocuments.Request);
        var entry = await facts.ReadAsync(FactKind.WhitelistEntry, state.WhitelistEntryId, cancellation);
        var activatedAt = entry is null
            ? null
            : inForce.Stops.EntryActivatedAt(state.WhitelistEntryId, Core.Encoding.DomainDigest.Hex(Core.Whitelisting.WhitelistEntry.Domain, entry.PayloadBytes()));
        var journals = await policy.JournalsAsync(inForce.Governed, cancellation);
        var made = file.Intent(state.Attempt);
        return Replies.Ok(new
        {
            id,
            status = StatusText.Of(state.Status),
            attempt = state.Attempt,
            request = sent is null ? null : StrictBase64Url.Encode(sent.Content.Span),
            requestSignature = sent?.Signature,
            intent = StrictBase64Url.Encode(intent.Content.Span),
            intentDigest = WithdrawalIntent.DigestOf(intent.Content.Span),
            parentIntent = state.Attempt > 1 && file.Find(CaseDocuments.Intent(state.Attempt - 1)) is { } parent ? StrictBase64Url.Encode(parent.Content.Span) : null,
            whitelistEntry = entry,
            whitelistActivatedAt = activatedAt,
            customer = await facts.ReadAsync(FactKind.Customer, FactId.Customer(state.ClientId, state.CustomerId), cancellation),
            governance = await archive.ChainAsync(inForce.Governed, cancellation),
            prices = await policy.PricesAsync(state.Asset, inForce.Governed, cancellation),
            paidBefore = made is null ? null : DestinationHistory.Of(journals, made.Asset, made.Destination, id, made.CreatedAt)?.SignedBefore,
            votes = file.Compacts(CaseDocuments.Votes(state.Attempt)).ToList(),
        });
    }
}
