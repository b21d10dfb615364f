using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;

namespace Custody.Functions.Whitelist;

/// <summary>vet: the stored proposal still verifies, and serves a known customer; people are told of look-alikes.</summary>
public sealed class VetStage(
    WhitelistEditor editor, GovernanceSource governance, IFactStore facts, WhitelistEnder ender, AlertDesk alerts, IAuditTrail trail, TimeProvider time)
{
    /// <summary>Runs the stage; an entry that is past it is left as it is.</summary>
    public async Task<WhitelistStep> RunAsync(string key, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(key, cancellation);
        if (file.State.Status != WhitelistStatus.Proposed)
        {
            return WhitelistStep.Of(file.State);
        }

        var inForce = await governance.RequireAsync(cancellation);
        var (verdict, entry) = await VerifyAsync(file, inForce.Governed, cancellation);
        if (entry is null)
        {
            return WhitelistStep.Of(await ender.EndAsync(file, verdict, cancellation));
        }

        if (LookAlikeRule.Find(entry, inForce.Stops, inForce.Governed) is { Count: > 0 } found)
        {
            var detail = $"{entry.Address} looks like {string.Join(", ", found.Select(f => f.Address).Distinct(StringComparer.Ordinal).Take(3))}; one approver more must sign.";
            await trail.AppendAsync(WhitelistNews.Subject(entry.EntryId), [new AuditEvent("whitelist", "look-alike", "pipeline", Detail: detail, Digest: entry.Digest())], cancellation);
            await alerts.RaiseAsync(AlertCode.LookAlikeAddress, entry.EntryId, detail, cancellation);
        }

        var moved = await editor.MoveAsync(key, WhitelistStatus.Screening, s => s, cancellation);
        return WhitelistStep.Of(moved!.State);
    }

    private async Task<(Verdict Verdict, WhitelistEntry? Entry)> VerifyAsync(WhitelistFile file, Governed governed, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (file.Signed() is not { } signed || WhitelistReader.Read(signed) is not { } entry || WhitelistKey.Of(entry.EntryId) != file.State.Key
            || !WhitelistSignatures.Count(signed, entry.ClientId, governed, [], now).ClientSigned)
        {
            await alerts.RaiseAsync(AlertCode.TamperedDocument, file.State.EntryId, "The stored proposal of a whitelist entry is not what its client signed.", cancellation);
            return (Verdict.Refused(RefusalCode.WhitelistEntryUnsigned, "The stored proposal is not what its client signed."), null);
        }

        var customer = await facts.ReadAsync(FactKind.Customer, FactId.Customer(entry.ClientId, entry.CustomerId), cancellation);
        var verdict = CustomerRule.Verify(customer, entry.ClientId, entry.CustomerId, governed, now).Verdict;
        return (verdict, verdict.IsAllowed ? entry : null);
    }
}
