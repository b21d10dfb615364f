using Custody.Core.Customers;
using Custody.Core.Governance;
using Custody.Core.Journals;
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
                    ?? EntriesProblem(draft, governed, now)
                    ?? draft.Lists.Select(l => ListProblem(l.List, l.Signed, governed, now)).FirstOrDefault(p => p is not null);
            default:
                return "The governance document was not verified.";
        }
    }

    // In the order in which the journal will activate them: an address that looks like an earlier one needs one approver more.
    private static string? EntriesProblem(SystemDraft draft, Governed governed, DateTimeOffset now)
    {
        var stops = StopView.Empty;
        var line = 0;
        foreach (var (entry, signed) in draft.Entries)
        {
            if (EntryProblem(entry, signed, governed, now, LookAlikeRule.Extra(entry, stops, governed)) is { } problem)
            {
                return problem;
            }

            stops = stops.With(new StopEntry(1, ++line, "", now, StopKind.EntryActivated, entry.EntryId, null, entry.Digest(), "", WhitelistEvidence.Of(signed)));
        }

        return null;
    }

    private static string? ListProblem(SanctionsList list, Core.Signatures.SignedDocument signed, Governed governed, DateTimeOffset now)
    {
        var verdict = SanctionsImportRule.Verify(signed.Signatures.Count == 1 ? signed.ToCompact() : "", governed, now).Verdict;
        return verdict.IsAllowed ? null : $"The sanctions list '{list.Source}': {verdict.Detail}";
    }

    private static string? EntryProblem(WhitelistEntry entry, Core.Signatures.SignedDocument signed, Governed governed, DateTimeOffset now, int extra)
    {
        var destination = DestinationRule.Check(entry, governed);
        return governed.Chain(entry.Chain) is null ? $"The whitelist entry '{entry.EntryId}' is for {entry.Chain}, which is not registered."
            : !destination.IsAllowed ? $"The whitelist entry '{entry.EntryId}': {destination.Detail}"
            : WhitelistSignatures.Hold(signed, entry.ClientId, governed, [], now, extra) ? null
            : $"The whitelist entry '{entry.EntryId}' would not be signed by its client and {WhitelistQuorum.Needed(governed, extra)} approvers; their keys must be at hand.";
    }
}
