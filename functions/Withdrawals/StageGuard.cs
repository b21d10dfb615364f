using System.Text.Json;
using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Roles;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Withdrawals;

/// <summary>What stands around every stage: what is stored no longer verifies, or the stage is not the withdrawal's next.</summary>
public sealed partial class StageGuard(CaseEditor editor, Holder holder, AlertDesk alerts, ChainNodes nodes, SilenceTerms silence, TimeProvider time, ILogger<StageGuard> log)
{
    private static readonly TimeSpan UntilAgreed = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Blip = TimeSpan.FromSeconds(1);
    private static readonly string[] Way = [Steps.Admit, Steps.CountVotes, Steps.Build, Steps.Sign, Steps.Send, Steps.Settle];

    /// <summary>
    /// Runs a stage. A journal or a governance document that does not verify will not verify when it is read again either: the
    /// withdrawal is held at once with that reason, where other failures are tried again. While a chain's providers do not agree it
    /// waits for as long as that takes: people were told, and there is nothing to decide about the withdrawal. A single node that does not
    /// answer is waited for likewise, of what is not sent yet for as long as settings say.
    /// </summary>
    public async Task<StageResult> RunAsync(
        string step, string id, Func<string, CancellationToken, Task<StageResult>> stage, CancellationToken cancellation)
    {
        try
        {
            return await TwiceAsync(id, stage, cancellation);
        }
        catch (JournalBrokenException broken)
        {
            return await holder.HoldAsync(id, Stage(step), RefusalCode.JournalBroken, broken.Message, cancellation);
        }
        catch (GovernanceRefusedException refused)
        {
            return await holder.HoldAsync(id, Stage(step), refused.Code, refused.Message, cancellation);
        }
        catch (RoleUnavailableException away)
        {
            // Nothing is wrong with the withdrawal, and everything is asked by id again: it waits for as long as that takes.
            await alerts.RaiseAsync(AlertCode.RoleUnavailable, id, away.Message, cancellation);
            var state = (await editor.RequireAsync(id, cancellation)).State;
            Waits(log, id, step, away.Message);
            if (step == Steps.CountVotes)
            {
                // Whatever the votes led to, the signer has not looked at who cast them, and no other step would have it look.
                return StageResult.Of(state) with { Next = Steps.CountVotes, Retry = true, Until = time.GetUtcNow() + UntilAgreed };
            }

            return IsSwept(step, state) ? StageResult.Of(state) : StageResult.Of(state) with { Retry = true, Until = time.GetUtcNow() + UntilAgreed };
        }
        catch (NodeUnavailableException away)
        {
            var state = (await editor.RequireAsync(id, cancellation)).State;
            Waits(log, id, step, away.Message);
            var isSingle = away is not NodeQuorumException && !await nodes.AreSplitAsync(state.Asset.Chain, cancellation);
            if (isSingle)
            {
                await alerts.RaiseAsync(AlertCode.ProviderSilent, state.Asset.Chain.ToString(), away.Message, cancellation, $"{time.GetUtcNow():yyyyMMdd}");
            }

            if (IsSwept(step, state))
            {
                return StageResult.Of(state);
            }

            // What is sent is the chain's to decide, whenever it can be asked again: nobody could decide it better meanwhile.
            var again = StageResult.Of(state) with { Retry = true, Until = time.GetUtcNow() + UntilAgreed };
            return isSingle && step != Steps.Settle ? again with { Reason = RefusalCode.NodeUnavailable.Text(), PatienceSeconds = silence.Seconds } : again;
        }
    }

    // A single call that a single node lost is no outage: stages may always be run again.
    private async Task<StageResult> TwiceAsync(string id, Func<string, CancellationToken, Task<StageResult>> stage, CancellationToken cancellation)
    {
        try
        {
            return await stage(id, cancellation);
        }
        catch (NodeUnavailableException blip) when (blip is not NodeQuorumException)
        {
            await Task.Delay(Blip, time, cancellation);
            return await stage(id, cancellation);
        }
    }

    // What the sweeper wakes in every sweep waits for that: beside a timer of its own the wake-ups would pile up in its history.
    private bool IsSwept(string step, WithdrawalState state) =>
        step == Steps.Resolve || (step == Steps.Settle && time.GetUtcNow() - state.UpdatedAt > Sweeper.Stale);

    /// <summary>
    /// Where the withdrawal is, for an orchestration that asked for another stage; nothing is done. One that is asked for again
    /// is a repetition. One that is asked for too early was never named by the stage before it, so somebody wrote an answer into
    /// the history: that is recorded, and people are told.
    /// </summary>
    public async Task<StageResult> NotNextAsync(string step, WithdrawalState state, CancellationToken cancellation)
    {
        if (IsAhead(step, state.Status))
        {
            var detail = $"The orchestration asked for {step} while the withdrawal is {StatusText.Of(state.Status)}: its history was forged.";
            await alerts.RaiseAsync(AlertCode.OrphanedInstance, state.Id, detail, cancellation, $"{step}-{state.Attempt}");
            await editor.EditAsync(
                state.Id,
                file => new CaseChange(file.State, new AuditEvent(Stage(step), "refused", "pipeline", RefusalCode.InstanceMismatch.Text(), detail)),
                cancellation);
        }

        return StageResult.Of(state);
    }

    // Held and ended withdrawals are on no way: a repetition may find one so at any time.
    private static bool IsAhead(string step, WithdrawalStatus status) =>
        Array.IndexOf(Way, Steps.After(status)) is >= 0 and var reached && Array.IndexOf(Way, step) > reached;

    private static string Stage(string step) => JsonNamingPolicy.CamelCase.ConvertName(step);

    [LoggerMessage(7010, LogLevel.Warning, "{WithdrawalId} waits with {Step} for what gives no answer: {Reason}")]
    private static partial void Waits(ILogger log, string withdrawalId, string step, string reason);
}
