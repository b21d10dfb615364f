using Custody.Core.Alerts;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Governance;

namespace Custody.Functions.Whitelist;

/// <summary>
/// count: verifies every stored signature again. With the quorum the entry is activated by a line of the stop journal that
/// carries it whole, and from which its cooling-off counts; then its document is stored for those who use it.
/// </summary>
public sealed class CountStage(
    WhitelistEditor editor, GovernanceSource governance, IStopJournal stops, IFactStore facts, WhitelistEnder ender, WhitelistNews news, AlertDesk alerts, HostClock clock, TimeProvider time)
{
    // While the clocks disagree, or the chain gives no time.
    private static readonly TimeSpan UntilDated = TimeSpan.FromSeconds(15);

    // A freeze is looked at again this often; signatures wake the stage anyway.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    /// <summary>Runs the stage; an entry that does not wait for approvals is left as it is.</summary>
    public async Task<WhitelistStep> RunAsync(string key, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(key, cancellation);
        if (file.State.Status != WhitelistStatus.AwaitingApproval)
        {
            return WhitelistStep.Of(file.State);
        }

        var inForce = await governance.RequireAsync(cancellation);
        if (file.Signed() is not { } signed || WhitelistReader.Proposed(file) is not { } entry)
        {
            await alerts.RaiseAsync(AlertCode.TamperedDocument, file.State.EntryId, "The stored proposal of a whitelist entry cannot be read.", cancellation);
            return WhitelistStep.Of(await ender.EndAsync(file, Verdict.Refused(RefusalCode.WhitelistEntryUnsigned, "The stored proposal cannot be read."), cancellation));
        }

        // The cooling-off counts from the line that this clock dates.
        var mayDate = inForce.Governed.Document.Whitelist.CoolingOffSeconds == 0 || (await clock.ReadAsync(entry.Chain, inForce.Governed, cancellation)).Verdict.IsAllowed;

        // One that was activated before, by a run that died, is not judged again: the journal has it.
        var journal = await stops.AppendAsync(
            head => mayDate && ActivationRule.Check(signed, entry, inForce.Governed, head.View, time.GetUtcNow()).Verdict.IsAllowed
                ? new StopFact(StopKind.EntryActivated, entry.EntryId, "The approvers' quorum was reached.", Digest: entry.Digest(), Evidence: WhitelistEvidence.Of(signed))
                : null,
            cancellation);
        var standing = journal.View.StandingOf(entry.EntryId);
        if (standing is { End: null, Activation: { } activation } && activation.Entry.Digest() == entry.Digest())
        {
            return await ActivateAsync(file, activation, inForce.Governed, journal.View, cancellation);
        }

        var reading = ActivationRule.Check(signed, entry, inForce.Governed, journal.View, time.GetUtcNow());
        if (reading.Verdict.IsAllowed)
        {
            // Only the clocks were in the way, or what was until a moment ago.
            return WhitelistStep.Of(file.State) with { Approvals = reading.Tally.Approvers.Count, Needed = reading.Tally.Needed, Until = time.GetUtcNow() + UntilDated };
        }

        if (!reading.MayWait)
        {
            return WhitelistStep.Of(await ender.EndAsync(file, reading.Verdict, cancellation));
        }

        var deadline = entry.CreatedAt + inForce.Governed.Document.Whitelist.ProposalLife();
        var again = time.GetUtcNow() + LookAgain;
        return WhitelistStep.Of(file.State) with
        {
            Reason = reading.Verdict.Code == RefusalCode.Frozen ? reading.Verdict.Code.Text() : null,
            Approvals = reading.Tally.Approvers.Count,
            Needed = reading.Tally.Needed,
            Until = reading.Verdict.Code == RefusalCode.Frozen && again < deadline ? again : deadline,
        };
    }

    private async Task<WhitelistStep> ActivateAsync(
        WhitelistFile file, ActivatedEntry activation, Core.Governance.Governed governed, StopView view, CancellationToken cancellation)
    {
        var id = activation.Entry.EntryId;
        if (await facts.WriteAsync(FactKind.WhitelistEntry, id, activation.Signed, cancellation) == CommitOutcome.Conflict)
        {
            await alerts.RaiseAsync(
                AlertCode.TamperedDocument, id, "Another document lies where the whitelist entry's must; the entry cannot be used, and has to be proposed under a new id.", cancellation);
        }

        var usable = WhitelistRule.UsableFrom(activation.Entry, governed, view);
        var moved = await editor.MoveAsync(file.State.Key, WhitelistStatus.CoolingOff, s => s with { UsableFrom = usable }, cancellation);
        await news.ChangedAsync(
            id, "activated", "pipeline", $"{activation.Entry.Address} on {activation.Entry.Chain} for {activation.Entry.CustomerId}; its cooling-off runs.", activation.Entry.Digest(), cancellation);
        return WhitelistStep.Of(moved!.State);
    }
}
