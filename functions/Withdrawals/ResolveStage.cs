using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Restoring;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>Applies what two operators signed about a hold: resume, reject, or a new attempt.</summary>
public sealed class ResolveStage(
    CaseEditor editor, GovernanceSource governance, IStopJournal stops, Ender ender, Holder holder, FinalEnder ends, SignedReader reader, EffectsReader effects, ConflictFinder conflicts, ChainNodes nodes, RestoredResolver restored, TimeProvider time)
{
    /// <summary>Runs the stage; a withdrawal that is not held, or about which two have not decided, is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        using var span = Traces.Stage("resolve", file.State);
        if (file.State.Status != WithdrawalStatus.Held)
        {
            return StageResult.Of(file.State);
        }

        var inForce = await governance.RequireAsync(cancellation);
        var governed = inForce.Governed;
        var halves = file.Compacts(CaseDocuments.Resolutions(file.State.Hold)).ToList();
        var action = ResolutionRule.Together(halves, file.State, governed, time.GetUtcNow());
        if (action == ResolutionAction.Unknown && file.IsReleased(governed, time.GetUtcNow()))
        {
            // The stage that held it screens again, and looks for the release itself.
            action = ResolutionAction.Resume;
        }

        if (action != ResolutionAction.Unknown && await OnChainAsync(file, action, governed, cancellation) is { } onChain)
        {
            return onChain;
        }

        if (action != ResolutionAction.Unknown && await restored.RunAsync(file, action, halves, inForce, cancellation) is { } matched)
        {
            return matched;
        }

        return action switch
        {
            ResolutionAction.Resume => await ResumeAsync(file, cancellation),
            ResolutionAction.NextAttempt => await NextAttemptAsync(file, cancellation),
            ResolutionAction.Reject => await RejectAsync(file, cancellation),
            _ => StageResult.Of(file.State),
        };
    }

    // Once something was signed, the chain decides before people do: a payment that is in a block is settled, whatever attempt it
    // was signed for and wherever the withdrawal was held. That it is final and paid nothing is what two operators end it with where
    // only one provider says so.
    private async Task<StageResult?> OnChainAsync(WithdrawalCase file, ResolutionAction action, Governed governed, CancellationToken cancellation)
    {
        var reading = await reader.ReadAsync(file, governed, cancellation);
        if (!reading.Verdict.IsAllowed || reading.Signed.Count == 0 || governed.Chain(file.State.Asset.Chain) is not { } chain
            || !(await nodes.CheckAsync(chain, cancellation)).IsAllowed
            || await effects.ReadAsync(reading, chain, cancellation) is not { Signed: { } mined } found)
        {
            return null;
        }

        if (action == ResolutionAction.Reject && FinalEnder.IsUnpaid(found))
        {
            return await ends.ByOperatorsAsync(file, found, cancellation);
        }

        var state = await editor.EditAsync(
            file,
            now => now.State.Status != WithdrawalStatus.Held || now.State.Hold != file.State.Hold
                ? null
                : new CaseChange(
                    now.State.Become(WithdrawalStatus.Broadcast) with
                    {
                        Reason = RefusalCode.Unspecified,
                        ReasonDetail = null,
                        SignatureExists = true,
                        TransactionId = mined.Record.TransactionId,
                    },
                    new AuditEvent("resolve", "on-chain", "pipeline", Detail: mined.Record.TransactionId)),
            cancellation);
        return StageResult.Of(state) with { Retry = true, Until = time.GetUtcNow() };
    }

    private async Task<StageResult> ResumeAsync(WithdrawalCase file, CancellationToken cancellation) => StageResult.Of(await editor.EditAsync(
        file,
        now => now.State.Status != WithdrawalStatus.Held || now.State.Hold != file.State.Hold
            ? null
            : new CaseChange(
                now.State.Become(now.State.HeldAt) with { Reason = RefusalCode.Unspecified, ReasonDetail = null },
                new AuditEvent("resolve", "resumed", "operators", Detail: $"hold {now.State.Hold} at {StatusText.Of(now.State.HeldAt)}")),
        cancellation));

    private async Task<StageResult> NextAttemptAsync(WithdrawalCase file, CancellationToken cancellation)
    {
        await stops.AppendAsync(
            head => head.View.IsBurnt(file.State.Id, file.State.Attempt)
                ? null
                : new StopFact(StopKind.AttemptBurnt, file.State.Id, "Two operators decided on a new attempt.", file.State.Attempt),
            cancellation);
        var mayBeSigned = !await ender.GiveUpAttemptAsync(file, cancellation);
        var moved = false;
        var state = await editor.EditAsync(
            file,
            now => (moved = now.State.Status == WithdrawalStatus.Held && now.State.Hold == file.State.Hold)
                ? new CaseChange(
                    now.State.Become(WithdrawalStatus.Received) with
                    {
                        Attempt = now.State.Attempt + 1,
                        Nonce = mayBeSigned ? now.State.Nonce : null,
                        Reason = RefusalCode.Unspecified,
                        ReasonDetail = null,
                        IntentDigest = null,
                        ApprovalDeadline = null,
                        SignatureExists = now.State.SignatureExists || mayBeSigned,
                    },
                    new AuditEvent("resolve", "next-attempt", "operators", Detail: $"attempt {now.State.Attempt + 1}"))
                : null,
            cancellation);
        if (moved && !mayBeSigned)
        {
            // The burnt attempt is closed, and so never signed. Kept, its nonce would hold up the vault while the next one is approved, and for good
            // where that pays from another vault. Only the run that made the attempt gives it back: later it is the next one's.
            await ender.ReleaseNoncesAsync(file.State.Id, (await governance.RequireAsync(cancellation)).Governed, cancellation);
        }

        return StageResult.Of(state);
    }

    private async Task<StageResult> RejectAsync(WithdrawalCase file, CancellationToken cancellation)
    {
        if (!await ender.MayBeSignedAsync(file, cancellation))
        {
            return await ender.EndAsync(
                file.State.Id, WithdrawalStatus.Rejected, "resolve", RefusalCode.RejectedByOperators, "Two operators rejected the withdrawal.", cancellation);
        }

        // Something may be signed: only a final transaction that conflicts with it proves that it can never be paid.
        var governed = (await governance.RequireAsync(cancellation)).Governed;
        var reading = await reader.ReadAsync(file, governed, cancellation);
        var proved = reading.Verdict.IsAllowed && governed.Chain(file.State.Asset.Chain) is { } chain
            && (await nodes.CheckAsync(chain, cancellation)).IsAllowed
            && (await effects.ReadAsync(reading, chain, cancellation)).SupersededBy;
        if (proved && await conflicts.FindAsync(file.State.Id, reading, governed.Chain(file.State.Asset.Chain)!, cancellation) is { } conflict)
        {
            await editor.EditAsync(file.State.Id, now => now.State.Status.IsEnd() ? null : new CaseChange(now.State, conflict), cancellation);
        }

        return proved
            ? await ender.EndSupersededAsync(file.State.Id, cancellation)
            : await holder.AgainAsync(
                file.State.Id, RefusalCode.ResolutionNotPossible, "A signature may exist, and no conflicting transaction is final: it cannot be rejected.", cancellation);
    }
}
