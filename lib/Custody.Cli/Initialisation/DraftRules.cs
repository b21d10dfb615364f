using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Screening;
using Custody.Core.Whitelisting;

namespace Custody.Cli.Initialisation;

/// <summary>Asks the pipeline's own rules whether they would accept a draft; what they refuse is never stored.</summary>
internal static class DraftRules
{
    /// <summary>The first refusal as a sentence; null when there is none.</summary>
    public static string? Problem(SystemDraft draft, DateTimeOffset now)
    {
        switch (GovernanceVerifier.Verify(draft.SignedGovernance, draft.TrustRoot, now))
        {
            case GovernanceReading.Refused refused:
                return refused.Detail;
            case GovernanceReading.Verified { Governed: var governed }:
                return draft.Customers
                        .Select(c => CustomerRule.Verify(c.Signed, c.Record.ClientId, c.Record.CustomerId, governed, now).Verdict)
                        .Where(v => !v.IsAllowed).Select(v => v.Detail).FirstOrDefault()
                    ?? draft.Entries.Select(e => EntryProblem(e.Entry, e.Signed, governed, now)).FirstOrDefault(p => p is not null)
                    ?? draft.Lists.Select(l => ListProblem(l.List, l.Signed, governed, now)).FirstOrDefault(p => p is not null);
            default:
                return "The governance document was not verified.";
        }
    }

    private static string? ListProblem(SanctionsList list, Core.Signatures.SignedDocument signed, Governed governed, DateTimeOffset now)
    {
        var verdict = SanctionsImportRule.Verify(signed.Signatures.Count == 1 ? signed.ToCompact() : "", governed, now).Verdict;
        return verdict.IsAllowed ? null : $"The sanctions list '{list.Source}': {verdict.Detail}";
    }

    private static string? EntryProblem(WhitelistEntry entry, Core.Signatures.SignedDocument signed, Governed governed, DateTimeOffset now)
    {
        var destination = DestinationRule.Check(entry, governed);
        return governed.Chain(entry.Chain) is null ? $"The whitelist entry '{entry.EntryId}' is for {entry.Chain}, which is not registered."
            : !destination.IsAllowed ? $"The whitelist entry '{entry.EntryId}': {destination.Detail}"
            : WhitelistSignatures.Hold(signed, entry.ClientId, governed, now) ? null
            : $"The whitelist entry '{entry.EntryId}' would not be signed by its client and {governed.Document.Whitelist.Quorum} approvers; their keys must be at hand.";
    }
}
